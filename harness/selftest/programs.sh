#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Programs of calls on adapters that are wrong on purpose: what explore, replay and shrink say of a crash, an exit and a hang.
# Usage: programs.sh PACHECK FOLDER_OF_THE_DEFECTS
set -u
pacheck=$1 defects=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# check STATUS PATTERN COMMAND...: the exit code, and a line on either output that matches
check() {
  status=$1 pattern=$2
  shift 2
  "$@" >out 2>&1 </dev/null
  got=$?
  if [ "$got" != "$status" ] || ! grep -q -- "$pattern" out; then
    echo "exit $got, not $status with '$pattern': $*"
    head -n 8 out
    failed=1
  fi
}

put='class Test_Thing {
};
put Test_Thing sink A'
echo "$put" >one.put
echo "$put drain drain drain drain drain drain drain drain" >drained.put

# An exit is an exit, also with the code of success, and is put down to the call that was under way.
check 1 '^crash: the process exited with code 0$' "$pacheck" explore "$defects/exit.so" --seed 1 --programs 20
check 1 '^one.put:3: crash: the process exited with code 0$' "$pacheck" replay one.put "$defects/exit.so"
check 1 '^one.put:3: crash: the process ended by signal 11 ' "$pacheck" replay one.put "$defects/crash.so"
check 1 '^one.put:3: hang: ' "$pacheck" replay one.put "$defects/hang.so" --timeout 0.2

# What explore writes down is replayed on the adapter as it was told.
check 1 ': pacheck replay --adapter .*/completes_twice.so --option at=program --seed 3 explore-3-.*.put$' \
  "$pacheck" explore "$defects/completes_twice.so" --option at=program --seed 3 --programs 5

check 1 '^one.min.put: ' "$pacheck" shrink one.put "$defects/crash.so"
check 0 '^# crash: the process ended by signal 11 ' cat one.min.put

# What never comes is waited for at every drain, which together is longer than a call may take: that is no hang.
check 1 '^drained.put:3: violation of .events.order.completion_certain. ' \
  "$pacheck" replay drained.put "$defects/never_completes.so" --timeout 0.2
check 1 '^    .events.order.completion_certain. ' "$pacheck" replay \
  return_mode/a_put_of_a_new_class_with_0x10_clear_blocks_or_returns_at_once "$defects/never_completes.so" --timeout 0.1

# An event that comes when its program is over.
check 1 '^violation of .no clause. late event: expected no event after the program has ended, got OnCompleted' \
  "$pacheck" explore "$defects/completes_late.so" --seed 3 --programs 20 --calls 1

# What the adapter started ends with it: a process that is left behind would keep the pipe open.
check 0 'every outcome, event and state is allowed' \
  timeout 60 sh -c '"$1" replay one.put "$2" | cat' sh "$pacheck" "$defects/fork_child.so"

# What a file says is not changed for an adapter that cannot do it, quiet or not.
echo "rights read $put" >rights.put
check 2 '^rights.put: unsupported: needs the feature rights' "$pacheck" replay rights.put "$defects/answers_unsupported.so"
check 2 '^rights.put: unsupported: needs the feature rights' "$pacheck" replay -q rights.put "$defects/answers_unsupported.so"

# Why there is nothing to shrink.
check 2 'one.put cannot be judged on .* answers unsupported to put_async' "$pacheck" shrink one.put "$defects/answers_unsupported.so"

# A call may block while a provider holds its put: that is no hang, because no random program asks for it.
check 0 'no violation' "$pacheck" explore reference --option A-01=waits --seed 1 --programs 12000 --timeout 0.5

# What is no file of calls, and what is more than is read.
cp one.put calls.txt
head -c 1048577 /dev/zero >large
check 2 "takes a file of calls, NAME.put, not 'calls.txt'" "$pacheck" shrink calls.txt "$defects/crash.so"
check 2 'large is larger than 1048576 octets' "$pacheck" fuzz-to-put large

# What was found was found, also when the small file cannot be written.
for number in 0 1 2; do mkdir "explore-5-$number.put"; done
check 1 'it does not conform$' "$pacheck" explore "$defects/never_completes.so" --seed 5 --programs 3 --timeout 0.1
grep -q 'explore-5-[0-2].put cannot be written: Is a directory' out || { echo "not told that the file cannot be written"; failed=1; }

# A file without a put judges nothing.
echo 'drain' >empty.put
check 2 'there is no put in empty.put' "$pacheck" replay empty.put
exit $failed
