#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bootstrap from another folder: what the user names is where the user is, what bootstrap writes by itself is in the tree. Nothing
# is installed or built: those programs, and pacheck, only say that they were called.
# Usage: bootstrap.sh SOURCE_DIR
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/the tree/build/release/harness" "$work/bin" "$work/my place"
cp "$1/bootstrap" "$work/the tree"
touch "$work/the tree/build/release/build.ninja"
printf '#!/bin/sh\nexit 0\n' >"$work/bin/cmake"
printf '#!/bin/sh\necho "install ok installed"\n' >"$work/bin/dpkg-query"
printf '#!/bin/sh\nprintf "%%s;" "$PWD" "$@"\n' >"$work/the tree/build/release/harness/pacheck"
chmod +x "$work/bin/cmake" "$work/bin/dpkg-query" "$work/the tree/build/release/harness/pacheck"
PATH="$work/bin:$PATH"

# expect WHAT COMMAND...: what the command says
expect() {
  wanted=$1
  shift
  said=$("$@" 2>&1) || true
  [ "$said" = "$wanted" ] || { printf 'expected %s\ngot      %s\n' "$wanted" "$said"; exit 1; }
}

out="$work/the tree/reports/out"
cd "$work/my place"
expect "$work/my place;run;--journal;$out/journal.jsonl;--junit;$out/junit.xml;build/mine.so;" \
  "../the tree/bootstrap" run --no-install build/mine.so
expect "$work/my place;run;--journal;mine.jsonl;" "../the tree/bootstrap" run --no-install --journal mine.jsonl
cd "$work/the tree"
expect "$work/the tree;run;--journal;reports/out/journal.jsonl;--junit;reports/out/junit.xml;" ./bootstrap run
