#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Judges an adapter that is wrong on purpose and compares what comes out with what has to:
#   selftest.sh PACHECK MODULE EXPECTED
# The defect shows in one of the cases below. The rest of them has to be judged as if nothing had happened, and every planned
# case has a verdict. With PAC_SELFTEST_UPDATE=1 the expected text is written instead.
set -u
pacheck=$1 module=$2 expected=$3
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# Only where something never comes is the limit reached; elsewhere a busy machine must not reach it.
case $module in
*/hang.* | */never_completes.*) timeout=0.2 ;;
*) timeout=30 ;;
esac

run() {
  "$pacheck" run "$module" --quiet --timeout $timeout --journal "$folder/journal" "$@" >"$folder/out" 2>"$folder/err"
  echo "exit code $?"
  # Verdict, case, and of its first finding what was expected and seen, of each case line; whose event was late.
  if [ -f "$folder/journal" ]; then
    sed -n -e 's/.*"case":"\([^"]*\)","verdict":"\([^"]*\)".*"findings":\[{"reason":"\([^"]*\)"[^}]*"expected":"\([^"]*\)","observed":"\([^"]*\)".*/\2 \1 (\3: expected \4, got \5)/p;t' \
      -e 's/.*"type":"case".*"case":"\([^"]*\)","verdict":"\([^"]*\)".*/\2 \1/p;t' \
      -e 's/.*"type":"late".*"case":"\([^"]*\)".*/late event of \1/p' "$folder/journal"
    tail -n 2 "$folder/out"
  else
    sed "s|$module|MODULE|" "$folder/err"
  fi
}

{
  run --option at=create_only_put_creates_a_missing_class \
    --filter create_update/put_with_flags_0_creates_a_missing_class \
    --filter create_update/create_only_put_creates_a_missing_class \
    --filter create_update/create_only_put_creates_a_missing_instance \
    --filter create_update/update_only_put_updates_an_existing_class
  case $module in
  */asks_to_delete.*)
    run --filter update_force/forced_put_of_a_provider_class_leaves_its_instances_alone
    ;;
  */empties_null.*)
    # In the put that sets the scene.
    run --option at=update_only_put_updates_an_existing_class \
      --filter create_update/update_only_put_updates_an_existing_class
    ;;
  */answers_*)
    # An implementation that gives one answer to everything, over the whole plan.
    "$pacheck" run "$module" --quiet >/dev/null 2>&1
    echo "exit code of the whole plan $?"
    ;;
  esac
} >"$folder/text"

if [ "${PAC_SELFTEST_UPDATE:-}" = 1 ]; then
  cp "$folder/text" "$expected"
else
  diff -u "$expected" "$folder/text"
fi
