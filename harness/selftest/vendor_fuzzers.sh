#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The way of fuzz/VENDORS.md, outside of the tree: install, pacheck_add_fuzzers() in the CMake file of an adapter, the corpora
# as seeds. An adapter that is right passes; the same one with a code that is not published is found out.
# Usage: vendor_fuzzers.sh BUILD_DIR CC CFLAGS
set -eu
build=$1 compiler=$2 flags=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/pacheck" >"$work/log"
mkdir "$work/my_adapter"
cat >"$work/my_adapter/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.22)
project(my_adapter C)
find_package(pacheck REQUIRED)
add_library(my_adapter MODULE my_adapter.c)
target_link_libraries(my_adapter PRIVATE pacheck::harness pacheck::reference)
target_include_directories(my_adapter PRIVATE ${PACHECK_FUZZ_DIR}/internal)
pacheck_add_fuzzers(my_adapter)
END
cat >"$work/my_adapter/my_adapter.c" <<'END'
#include <stdlib.h>

#include "reference.h"

static pac_hresult put_async(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object, uint32_t flags,
                             const struct pac_named_values *context, const struct pac_named_values *async_context) {
  const char *answer = getenv("ANSWER");
  return (flags & 0x40u) != 0 && answer != NULL
             ? (pac_hresult)strtoul(answer, NULL, 16)
             : pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
}

const struct pac_adapter *pac_adapter(void) {
  static struct pac_adapter adapter;
  adapter = *pac_reference_adapter();
  adapter.put_async = put_async;
  return &adapter;
}
END
# The replay driver and the flags of this build, whatever the compiler: engines are the campaigns' business.
{ cmake -S "$work/my_adapter" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/pacheck" -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_C_FLAGS="$flags" -DPACHECK_FUZZ_ENGINE= -DPACHECK_FUZZ_FLAGS=-g &&
  cmake --build "$work/build" --target fuzzers; } >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

# C++, where there is a compiler for it.
has_cxx() {
  echo 'int main() {}' | "$1" -x c++ - -o "$work/a.out" >/dev/null 2>&1
}

# The standard that the adapter is written in is that of its second compilation too.
cxx=$(echo "$compiler" | sed 's/clang\(-[0-9.]*\)\{0,1\}$/clang++\1/; s/gcc\(-[0-9.]*\)\{0,1\}$/g++\1/; s/\/cc$/\/c++/')
if has_cxx "$cxx"; then
  mkdir "$work/modern"
  cp "$work/my_adapter/my_adapter.c" "$work/modern"
  echo 'static_assert(__cplusplus >= 202002L);' >"$work/modern/modern.cpp"
  sed -e 's/^project.*/project(my_adapter LANGUAGES C CXX)/' -e 's/my_adapter\.c/& modern.cpp/' \
    -e '/^pacheck_add_fuzzers/i set_target_properties(my_adapter PROPERTIES CXX_STANDARD 20)' \
    "$work/my_adapter/CMakeLists.txt" >"$work/modern/CMakeLists.txt"
  { cmake -S "$work/modern" -B "$work/modern/build" -DCMAKE_PREFIX_PATH="$work/pacheck" -DCMAKE_C_COMPILER="$compiler" \
      -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" -DPACHECK_FUZZ_ENGINE= -DPACHECK_FUZZ_FLAGS=-g &&
    cmake --build "$work/modern/build" --target my_adapter_put_object; } >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
fi

# Clang for C and another compiler for C++ is told in a sentence, and not by a compiler that does not know the flags.
if [ "${compiler%clang*}" != "$compiler" ] && has_cxx g++; then
  if cmake -S "$work/modern" -B "$work/other" -DCMAKE_PREFIX_PATH="$work/pacheck" -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_CXX_COMPILER=g++ >"$work/said" 2>&1 || ! grep -q 'set both' "$work/said"; then
    cat "$work/said"
    exit 1
  fi
fi

for program in "$work"/build/my_adapter_put_*; do
  target=${program##*/my_adapter_}
  "$program" "$work/pacheck/share/pacheck/corpus/$target" >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }
  echo "$target: $(tail -n 1 "$work/said")"
done
# A code of the system is as good as one of the list.
ANSWER=8007000E "$work/build/my_adapter_put_object" "$work/pacheck/share/pacheck/corpus/put_object" >"$work/said" 2>&1 ||
  { cat "$work/said"; exit 1; }
if ANSWER=80041FFF "$work/build/my_adapter_put_object" "$work/pacheck/share/pacheck/corpus/put_object" >"$work/said" 2>&1; then
  echo "a code that is not published was not found"
  exit 1
fi
grep -q 'is no published code' "$work/said" && grep -q '^replay: this was .*/corpus/put_object/' "$work/said" || { cat "$work/said"; exit 1; }
