#!/bin/bash -eu
# SPDX-License-Identifier: Apache-2.0
# Builds every target the way OSS-Fuzz and ClusterFuzzLite ask for: CC, CXX, CFLAGS, LIB_FUZZING_ENGINE, SANITIZER and OUT come
# from them; the programs, their seeds, dictionaries and options go to OUT. Run in the root of the source tree.
: "${CC:?}" "${CXX:?}" "${OUT:?}" "${LIB_FUZZING_ENGINE:?}"
SANITIZER=${SANITIZER:-address}
WORK=${WORK:-$(mktemp -d)}

# jansson has no instrumented build here: what it writes would look uninitialised.
without=' canary '
[ "$SANITIZER" != memory ] || without="$without journal dump out_of_memory "

cmake -S . -B "$WORK/build" -G Ninja -DCMAKE_BUILD_TYPE=None -DBUILD_TESTING=OFF -DPACHECK_STATIC=ON \
  -DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" -DPACHECK_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" \
  -DCMAKE_EXE_LINKER_FLAGS="-Wl,--as-needed"
all=$(cd fuzz && python3 -B -c 'import engines; print(*engines.targets())')
targets=()
for target in $all; do
  case $without in *" $target "*) continue ;; esac
  targets+=("$target")
done
cmake --build "$WORK/build" -j"$(nproc)" --target "${targets[@]/#/fuzz_}"

schedule=$(cd fuzz && python3 -B -c 'import engines
for name, value in engines.LIBFUZZER_SCHEDULE.items(): print(name, "=", value)')
for target in "${targets[@]}"; do
  cp "$WORK/build/fuzz/$target" "$OUT/"
  if [ -f "fuzz/$target.dict" ]; then
    cp "fuzz/$target.dict" "$OUT/"
  fi
  printf '[libfuzzer]\nmax_len = 4096\ntimeout = 25\n%s\n' "$schedule" >"$OUT/$target.options"
  rm -f "$OUT/${target}_seed_corpus.zip"
  if [ -d "corpus/$target" ]; then
    (cd "corpus/$target" && find . -type f | LC_ALL=C sort | zip -q -X "$OUT/${target}_seed_corpus.zip" -@)
  fi
done
