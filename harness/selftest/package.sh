#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The vendor's three steps: install, build the skeleton outside of the tree, get a verdict. Nothing is filled in, so the
# verdict has to be "could not judge". Usage: package.sh BUILD_DIR SOURCE_DIR CC CFLAGS
set -eu
build=$1 source=$2 compiler=$3 flags=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/pacheck" >"$work/log"
cp -r "$source/harness/adapters/examples/skeleton" "$work/my_adapter"
{ cmake -S "$work/my_adapter" -B "$work/my_adapter/build" -DCMAKE_PREFIX_PATH="$work/pacheck" \
    -DCMAKE_C_COMPILER="$compiler" -DCMAKE_C_FLAGS="$flags" &&
  cmake --build "$work/my_adapter/build"; } >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

# The installed tree works wherever it is moved to.
mv "$work/pacheck" "$work/moved"
status=0
"$work/moved/bin/pacheck" run --quiet "$work/my_adapter/build/libmy_adapter.so" >"$work/verdict" 2>&1 || status=$?
cat "$work/verdict"
[ "$status" = 2 ] || { echo "exit code $status instead of 2"; exit 1; }
grep -q '^could not judge' "$work/verdict" || { echo "no verdict line"; exit 1; }
"$work/moved/bin/pacheck" run --quiet >"$work/verdict" 2>&1 || { cat "$work/verdict"; exit 1; }
