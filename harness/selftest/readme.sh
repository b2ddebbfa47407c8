#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the README shows of the command's output is what it prints now, line for line; "..." stands for what is left out.
# Usage: readme.sh PACHECK README FOLDER-OF-DEFECTS
set -u
pacheck=$1 readme=$2 defects=$3
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
cp "$defects/answers_success.so" . || exit 1

{
  "$pacheck" run
  "$pacheck" run --filter create_update/put_with_flags_0_creates_a_missing_class ./answers_success.so
  echo 'reports: reports/out/journal.jsonl, reports/out/junit.xml' # of ./bootstrap run: selftest.bootstrap
} >printed 2>&1

# The blocks without a language are output.
awk '/^```/ { block = block == "" ? $0 : ""; next }
     block == "```" && $0 != "..." && $0 != ""' "$readme" >shown
if ! [ -s shown ]; then
  echo "$readme shows no output"
  exit 1
fi
failed=0
while IFS= read -r line; do
  if ! grep -Fxq -- "$line" printed; then
    echo "not printed any more: $line"
    failed=1
  fi
done <shown
exit $failed
