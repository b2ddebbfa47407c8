# SPDX-License-Identifier: Apache-2.0
"""Builds the bench and runs one engine over one target until every bug is met or the cap is used up."""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
import engines  # noqa: E402 (how a campaign runs a target)
from canaries import FLAG_OCTETS, ROOT, TARGETS, has_mutator, seed_files

TICKS = os.sysconf("SC_CLK_TCK")
POLL_SECONDS = 0.02
SANITIZE = "-g -O2 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"
LIBFUZZER = SANITIZE.replace("address", "fuzzer-no-link,address")
PLANTED = " ".join(f"planted_{target}" for target in TARGETS)


def flags(compiler, options):
    return {"CMAKE_C_COMPILER": compiler, "CMAKE_C_FLAGS": options, "CMAKE_BUILD_TYPE": "None", "BUILD_TESTING": "OFF",
            "PACHECK_STATIC": "ON", "PACHECK_FUZZ_ENGINE": "-fsanitize=fuzzer"}


# What is built, with which CMake variables and environment. Those with our mutator are built as campaigns build, by a preset.
BUILDS = {
    "plain": (PLANTED, flags("clang", LIBFUZZER), {}),
    "mutator": (" ".join(f"planted_{target}_mutator" for target in TARGETS), *engines.preset_variables("fuzz")),
    "afl": (PLANTED, flags("afl-clang-fast", SANITIZE), {"AFL_QUIET": "1"}),
    "afl_mutator": (PLANTED + " pac_mutator_afl", *engines.preset_variables("afl")),
    "cmplog": (PLANTED, flags("afl-clang-fast", SANITIZE), {"AFL_QUIET": "1", "AFL_LLVM_CMPLOG": "1"}),
}
# Which build each configuration runs, and the further one that it needs.
CONFIGURATIONS = {"mutator": ["mutator"], "plain": ["plain"], "value_profile": ["plain"], "afl_mutator": ["afl_mutator"],
                  "afl_plain": ["afl"], "afl_cmplog": ["afl", "cmplog"]}
REPORTS = [r"ERROR: AddressSanitizer: (attempting double-free|[\w-]+)", r"(runtime error: .*)", r"(deadly signal)"]


class BrokenTrial(Exception):
    """The engine ended before its time: nothing was measured."""


def folder_of(build):
    return ROOT / "build" / f"bench-{build}" / "fuzz"


def build(name):
    targets, variables, environment = BUILDS[name]
    folder = folder_of(name).parent
    for command in (["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", *(f"-D{key}={text}" for key, text in variables.items())],
                    ["cmake", "--build", folder, "-j2", "--target", *targets.split()]):
        subprocess.run([str(word) for word in command], check=True, env=dict(os.environ, **environment),
                       stdout=subprocess.DEVNULL)


def gather_seeds(kind, target, folder):
    """Copies what a trial starts from: the two seeds of a target, one octet, or what a folder holds."""
    folder.mkdir(parents=True)
    if kind == "one-octet":
        (folder / "a").write_bytes(b"A")
        return
    for file in seed_files(target) if kind == "two" else sorted(pathlib.Path(kind).iterdir()):
        shutil.copy(file, folder)


def family(root):
    """{process: (when it started, the ticks that it and its children that have ended used)}, of a process and all below
    it. AFL++ gives its fork server a session of its own, so only the parents tell what belongs together."""
    parents, found = {}, {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = pathlib.Path(entry.path, "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            found[int(entry.name)] = int(fields[19]), sum(int(field) for field in fields[11:15])
    members = {root} & found.keys()
    grown = True
    while grown:
        below = {process for process, parent in parents.items() if parent in members} - members
        members |= below
        grown = bool(below)
    return {process: found[process] for process in members}


def cpu_seconds(root):
    return sum(ticks for _, ticks in family(root).values()) / TICKS


def started(process):
    """When a process did; None when it is gone."""
    try:
        return int(pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[19])
    except OSError:
        return None


def command_of(configuration, target, work, seeds, number):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AFL_", "PAC_", "ASAN_"))}
    folder = folder_of(CONFIGURATIONS[configuration][0])
    if not configuration.startswith("afl"):
        environment["ASAN_OPTIONS"] = engines.sanitizer_environment()["ASAN_OPTIONS"]  # AFL++ sets its own when it is plain
        ends = [f"-artifact_prefix={work}/", work / "corpus", seeds]
        if configuration == "mutator":  # as a campaign runs it
            limits = argparse.Namespace(engine="libfuzzer", max_len=None, seed=number, value_profile=False)
            program = folder / "bench" / f"planted_{target}_mutator"
            return engines.libfuzzer_command(TARGETS[target].mutator, limits, program, work) + ends, environment
        more = ["-use_value_profile=1"] if configuration == "value_profile" else []
        return [folder / "bench" / f"planted_{target}", "-max_len=4096", f"-seed={number}", "-print_final_stats=1", *more,
                *ends], environment
    environment.update(engines.AFL_SETTINGS, AFL_TMPDIR=str(work))
    command = ["afl-fuzz", "-i", seeds, "-o", work / "sync", "-S", "bench", "-t", "1000", "-m", "none", "-G", "4096",
               "-s", str(number)]
    if configuration == "afl_mutator" and has_mutator(target):
        environment.update(ASAN_OPTIONS=engines.AFL_ASAN_OPTIONS,
                           AFL_CUSTOM_MUTATOR_LIBRARY=str(folder / "mutator/pac_mutator_afl.so"),
                           AFL_CUSTOM_MUTATOR_ONLY="1", PAC_MUTATOR_TARGET=TARGETS[target].mutator)
    if configuration == "afl_cmplog":
        command += ["-c", folder_of("cmplog") / f"bench/planted_{target}"]
    return command + ["--", folder / f"bench/planted_{target}"], environment


def stop(process):
    """As a user would, so that the engine writes its figures; then for good."""
    members = family(process.pid)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            pass
    process.kill()
    for member, (start, _) in members.items():
        if member != process.pid and started(member) == start:  # and no other process of that number
            try:
                os.kill(member, signal.SIGKILL)
            except ProcessLookupError:
                pass
    process.wait()


def executions(configuration, work):
    """That the engine counted; None when it did not say."""
    if configuration.startswith("afl"):
        file, pattern = work / "sync/bench/fuzzer_stats", r"execs_done\s*: (\d+)"
    else:
        file, pattern = work / "log", r"stat::number_of_executed_units:\s*(\d+)"
    found = re.search(pattern, file.read_text(errors="replace")) if file.exists() else None
    return int(found[1]) if found else None


def run_engine(configuration, target, seeds, number, cap, bugs, work, armed=None):
    """(process, CPU seconds, {name of a bug: CPU seconds until it was met}) of one engine, stopped or ended by itself."""
    times = {}
    (work / "corpus").mkdir()
    flags = work / "met"
    flags.write_bytes(bytes(FLAG_OCTETS))
    gather_seeds(seeds, target, work / "seeds")
    command, environment = command_of(configuration, target, work, work / "seeds", number)
    environment["PAC_BENCH_FILE"] = str(flags)
    if armed is not None:
        environment["PAC_BENCH_ARMED"] = str(armed)
    with open(work / "log", "w") as log:
        process = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                   env=environment, cwd=work, start_new_session=True)
        used = 0.0
        try:
            has_ended = False
            while not has_ended and used < cap and len(times) < len(bugs):
                time.sleep(POLL_SECONDS)
                has_ended = process.poll() is not None  # what it met before is read once more
                used = max(used, cpu_seconds(process.pid))
                met = flags.read_bytes()
                for bug in bugs:
                    if met[bug.number] and bug.name not in times and used <= cap:
                        times[bug.name] = used
                if armed is not None and times and not has_ended:
                    has_ended = wait_a_moment(process)
        finally:
            process.ended_by_itself = process.poll() is not None
            stop(process)
    return process, used, times


def wait_a_moment(process):
    """An armed bug was met: its report takes the process some time to write."""
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        pass
    return True


def work_folder():
    return tempfile.TemporaryDirectory(prefix="bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


def trial(configuration, target, seeds, number, cap, bugs):
    """One trial as data. Errors: BrokenTrial, since an engine that gave up has not missed anything."""
    with work_folder() as name:
        work = pathlib.Path(name)
        process, used, times = run_engine(configuration, target, seeds, number, cap, bugs, work)
        if process.ended_by_itself and len(times) < len(bugs):
            raise BrokenTrial(f"{configuration} {target} trial {number} ended by itself with {process.returncode}:\n"
                              f"{(work / 'log').read_text(errors='replace')[-800:]}")
        return {"times": times, "cpu": used, "executions": executions(configuration, work), "load": os.getloadavg()[0]}


def armed_trial(bug, seeds, number, cap, keep=None):
    """{"cpu": seconds, "report": what ended the process} for a bug that does its damage; the report is null for none."""
    with work_folder() as name:
        work = pathlib.Path(name)
        process, used, times = run_engine("mutator", bug.target, seeds, number, cap, [bug], work, armed=bug.number)
        log = (work / "log").read_text(errors="replace")
        reports = [found[1] for found in (re.search(pattern, log) for pattern in REPORTS) if found]
        artifacts = [file for pattern in ("crash-*", "leak-*", "oom-*", "timeout-*") for file in work.glob(pattern)]
        is_detected = process.ended_by_itself and process.returncode != 0 and bug.name in times and reports
        if is_detected and keep is not None and artifacts:
            shutil.copy(artifacts[0], keep / bug.name)
        return {"cpu": used, "met": bug.name in times, "report": reports[0] if is_detected else None}
