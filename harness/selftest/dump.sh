#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The command dump as its user meets it: whole trees, exit codes, the first line for a rejected file, standard input, bad
# arguments. With PAC_SELFTEST_UPDATE=1 the expected trees are written instead.
# Usage: dump.sh PACHECK VECTORS EXPECTED
set -u
pacheck=$1 vectors=$2 expected=$3
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

# check STATUS PATTERN COMMAND...: the exit code, and a line on either output that matches
check() {
  status=$1 pattern=$2
  shift 2
  "$@" >"$folder/out" 2>&1 <"$folder/in"
  got=$?
  if [ "$got" != "$status" ] || ! grep -q -- "$pattern" "$folder/out"; then
    echo "exit $got, not $status with '$pattern': $*"
    head -n 5 "$folder/out"
    failed=1
  fi
}

cp "$vectors/valid/context_scalars.bin" "$folder/in"
check 0 'instance of "MyClass"' "$pacheck" dump "$vectors/valid/spec_myclass_instance.bin"
check 0 '"properties"' "$pacheck" dump --json "$vectors/valid/spec_myclass_class.bin"
check 0 '"guids"' "$pacheck" dump --json -
check 0 '"guids"' "$pacheck" dump --json --kind context -
check 1 '^V-021 offset 9: server: ' "$pacheck" dump "$vectors/invalid/v021_decoration_unterminated.bin"
check 1 '^V-011 offset 8: ' "$pacheck" dump "$vectors/tolerant/v011_flags_bit5.bin"
check 0 '^tolerated V-011 offset 8: ' "$pacheck" dump --tolerant "$vectors/tolerant/v011_flags_bit5.bin"
check 1 '^V-1' "$pacheck" dump --kind object_array "$vectors/valid/spec_myclass_class.bin"
check 1 '^V-' "$pacheck" dump --kind unit -
check 2 'cannot read' "$pacheck" dump "$folder/missing"
check 2 'cannot read' "$pacheck" dump "$folder"
check 2 'there is no kind' "$pacheck" dump --kind word "$folder/in"
check 2 'needs FILE' "$pacheck" dump
for text in "$expected"/*.txt; do
  name=$(basename "$text" .txt)
  "$pacheck" dump "$vectors/valid/$name.bin" >"$folder/out" 2>&1
  if [ -n "${PAC_SELFTEST_UPDATE:-}" ]; then
    cp "$folder/out" "$text"
  fi
  diff -u "$text" "$folder/out" || failed=1
done
exit $failed
