# SPDX-License-Identifier: Apache-2.0
"""How a fuzz target is built and run: options, environment and progress of libFuzzer and AFL++.

fuzz/campaign runs targets by this, and fuzz/bench measures by it what campaigns do.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRESETS = {("libfuzzer", "address"): "fuzz", ("libfuzzer", "memory"): "fuzz-msan", ("afl", "address"): "afl"}
NOT_TARGETS = {"replay", "reference_adapter"}
INPUT_OCTETS = 4096
OBJECT_OCTETS = 2048  # room for four objects one inside of the other
PROGRAM_OCTETS = 1024  # for two dozen calls
TIMEOUT_SECONDS = 5
NUMBER_MAX = 2**31 - 1  # that both engines take
# That an edge is taken counts, not how often: the mutator sees to numbers, and runs twice as many inputs. Fast inputs are
# taken more often, and a smaller input for an edge is kept beside the first one instead of in its place, which spares the
# engine a search for each edge. Figures: fuzz/bench. ossfuzz/build.sh hands them on.
LIBFUZZER_SCHEDULE = {"use_counters": 0, "entropic": 1, "entropic_scale_per_exec_time": 1, "shrink": 1, "reduce_inputs": 0}
LIBFUZZER_LIMITS = [f"-timeout={TIMEOUT_SECONDS}", "-rss_limit_mb=2048", "-malloc_limit_mb=512"]
RESTARTS_MAX = 200
ARTIFACTS_MAX = 200


def fail(text):
    print(f"campaign: {text}", file=sys.stderr)
    sys.exit(2)


def positive(text):
    """A number above 0 of a command line."""
    if re.fullmatch(r"\d+", text) is None or not 0 < int(text) <= NUMBER_MAX:
        raise argparse.ArgumentTypeError(f"not a number from 1 to {NUMBER_MAX}: {text}")
    return int(text)


def targets():
    return sorted(path.stem for path in (ROOT / "fuzz").glob("*.c") if path.stem not in NOT_TARGETS)


# What the mutator knows the input of a target as.
KINDS = dict(re.findall(r"^KIND\((\w+), (\w+)\)", (ROOT / "fuzz/mutator/kinds.def").read_text(), re.M))


def model(target):
    """The target here whose property a program checks: itself, or for my_adapter_put_object of a vendor put_object."""
    names = [name for name in targets() if target == name or target.endswith(f"_{name}")]
    return max(names, key=len, default=target)


def preset_variables(name):
    """The CMake variables and the environment of a configure preset, those it inherits among them."""
    preset = next(one for one in json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"] if one["name"] == name)
    variables, environment = preset_variables(preset["inherits"]) if "inherits" in preset else ({}, {})
    own = {key: text.replace("${sourceDir}", str(ROOT)) for key, text in preset.get("cacheVariables", {}).items()}
    return {**variables, **own}, {**environment, **preset.get("environment", {})}


def built(preset, options, folder="fuzz"):
    """The folder with the programs of a preset, built now when that is left to us."""
    if options.build and folder == "fuzz":
        return pathlib.Path(options.build).resolve()
    environment = dict(os.environ, AFL_QUIET="1")
    for command in (["cmake", "--preset", preset], ["cmake", "--build", "--preset", preset]):
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            fail(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return ROOT / "build" / preset / folder


def memory_options(frames):
    """The quarantine of 64 KB holds what one input frees, and little is filled: memory stays in the cache."""
    return f"quarantine_size_mb=0:thread_local_quarantine_size_kb=64:max_malloc_fill_size=64:malloc_context_size={frames}"


# What AFL++ would set itself, with the memory of the other engine.
AFL_ASAN_OPTIONS = (f"{memory_options(0)}:abort_on_error=1:symbolize=0:detect_leaks=0:detect_odr_violation=0"
                    ":allocator_may_return_null=1:handle_abort=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0")
AFL_SETTINGS = {"AFL_NO_UI": "1", "AFL_SKIP_CPUFREQ": "1", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES": "1", "AFL_TRY_AFFINITY": "1",
                "AFL_FAST_CAL": "1", "AFL_CMPLOG_ONLY_NEW": "1", "AFL_HANG_TMOUT": "5000"}


def sanitizer_environment(frames=2):
    """What a target runs with. Of a leak the sanitizer says nothing when it does not know who called malloc: the second frame."""
    return dict(os.environ,
                ASAN_OPTIONS=f"{memory_options(frames)}:dedup_token_length=3",
                UBSAN_OPTIONS="print_stacktrace=1:dedup_token_length=3",
                MSAN_OPTIONS="dedup_token_length=3")


class Progress:
    """One line that is written over on a terminal, and a line now and then elsewhere."""

    def __init__(self, label):
        self.label = label
        self.last = time.monotonic()

    def show(self, text, is_last=False):
        is_terminal = sys.stderr.isatty()
        now = time.monotonic()
        if is_last or now - self.last >= (0.5 if is_terminal else 10):
            self.last = now
            line = f"{self.label}: {text}"
            sys.stderr.write(f"\r\033[K{line}" + ("\n" if is_last else "") if is_terminal else line + "\n")
            sys.stderr.flush()


class Run:
    """What a run of an engine has come to."""

    def __init__(self):
        self.executions = 0
        self.rate = 0
        self.coverage = 0
        self.artifacts = []

    def text(self):
        return f"{self.executions} executions, {self.rate} a second, coverage {self.coverage}, findings {len(self.artifacts)}"


def artifacts_in(out):
    """What the engines have put aside in the folder of a campaign: inputs that failed."""
    return sorted(path for pattern in ("artifacts/*", "sync/*/crashes/id:*", "sync/*/hangs/id:*") for path in out.glob(pattern))


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def leave_out(artifacts, folders, octets_max):
    """Takes what has failed out of the folders, cut as the engine cuts it: who begins with that ends with it, each time."""
    failed = {path.read_bytes() for path in artifacts}
    for path in [path for folder in folders for path in folder.iterdir() if path.is_file()]:
        if path.read_bytes()[:octets_max] in failed:
            path.unlink()


class LibfuzzerJob:
    """One libFuzzer process on the shared corpus, started again after each finding and without what it failed on."""

    def __init__(self, command, log, seconds_left, prepare):
        self.command, self.log, self.executions_before, self.starts, self.prepare = command, log, 0, 0, prepare
        self.start(seconds_left)

    def start(self, seconds_left):
        if self.starts > 0:
            self.log.rename(self.log.with_suffix(f".{self.starts}.log"))  # what it said at its end may be all there is
        self.starts += 1
        with open(self.log, "w") as file:
            self.process = subprocess.Popen([*self.command, f"-max_total_time={max(1, int(seconds_left))}"], stdout=file,
                                            stderr=file, stdin=subprocess.DEVNULL, env=sanitizer_environment())

    def read(self):
        """(executions, coverage)"""
        with open(self.log, "rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 65536))
            text = file.read().decode(errors="replace")
        lines = re.findall(r"^#(\d+)\s.*?cov: (\d+)", text, re.M)
        done = re.findall(r"^Done (\d+) runs|^stat::number_of_executed_units: (\d+)", text, re.M)
        executions = max([int(n) for pair in done for n in pair if n] + [int(lines[-1][0]) if lines else 0])
        return self.executions_before + executions, int(lines[-1][1]) if lines else 0

    def go_on(self, seconds_left):
        """Starts again when the process has ended before its time; false when it is over."""
        if self.process.poll() is None:
            return True
        if seconds_left < 2 or self.starts > RESTARTS_MAX:
            return False
        self.executions_before = self.read()[0]
        self.prepare()
        self.start(seconds_left)
        return True


def max_len(target, options):
    """Octets of an input. libFuzzer cuts longer seeds, and a program cut short is a program; AFL++ would go without them."""
    is_program = KINDS.get(model(target), "").startswith("program")
    short = PROGRAM_OCTETS if is_program else OBJECT_OCTETS
    return options.max_len or (short if options.engine == "libfuzzer" else INPUT_OCTETS)


def libfuzzer_command(target, options, program, artifacts):
    """How a target is run; corpora and times come after it."""
    command = [str(program), *(f"-{name}={value}" for name, value in LIBFUZZER_SCHEDULE.items()),
               f"-max_len={max_len(target, options)}", "-reload=1", "-print_final_stats=1", *LIBFUZZER_LIMITS,
               f"-artifact_prefix={artifacts}/"]
    command += ["-use_value_profile=1"] if options.value_profile else []
    command += [f"-seed={options.seed}"] if options.seed else []
    dictionary = ROOT / "fuzz" / f"{model(target)}.dict"
    return command + ([f"-dict={dictionary}"] if dictionary.exists() else [])


def read_libfuzzer(jobs, run, spent):
    read = [job.read() for job in jobs]
    run.executions = sum(executions for executions, _ in read)
    run.coverage = max(coverage for _, coverage in read)
    run.rate = int(run.executions / spent)


def run_libfuzzer(target, options, programs, out, is_enough):
    corpus = out / "corpus"
    seeds = out / "seeds"  # copies: those that fail go
    artifacts = out / "artifacts"
    corpus.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir()
    for path in options.seeds.iterdir() if options.seeds.is_dir() else []:
        if path.is_file():
            shutil.copy(path, seeds)
    shutil.rmtree(artifacts, ignore_errors=True)
    artifacts.mkdir(parents=True)
    command = libfuzzer_command(target, options, programs / target, artifacts)
    command += [str(corpus), str(seeds)]
    run = Run()
    progress = Progress(f"{target} libfuzzer")
    began = time.monotonic()
    jobs = []
    try:
        for i in range(options.jobs):
            jobs.append(LibfuzzerJob(command, out / f"libfuzzer{i}.log", options.time,
                                     lambda: leave_out(artifacts_in(out), (corpus, seeds), max_len(target, options))))
        is_over = False
        while not is_over:
            time.sleep(0.2)
            spent = time.monotonic() - began
            is_over = not [job for job in jobs if job.go_on(options.time - spent)] or spent > options.time + 60
            run.artifacts = artifacts_in(out)
            is_over = is_over or bool(is_enough and run.artifacts) or len(run.artifacts) >= ARTIFACTS_MAX
            read_libfuzzer(jobs, run, spent)
            progress.show(run.text())
    finally:
        for job in jobs:
            stop(job.process)
    read_libfuzzer(jobs, run, spent)
    run.artifacts = artifacts_in(out)
    progress.show(run.text(), is_last=True)
    if run.executions == 0 and not run.artifacts:
        print((out / "libfuzzer0.log").read_text()[-2000:], file=sys.stderr)
        fail(f"{target} made no execution")
    if not run.artifacts and any(job.starts > 1 for job in jobs):
        print((out / "libfuzzer0.log").read_text()[-2000:], file=sys.stderr)
        fail(f"{target} ended before its time and put nothing aside: is there room in {out}?")
    return run


def afl_environment(target, options, scratch):
    environment = dict(os.environ, **AFL_SETTINGS, AFL_TMPDIR=str(scratch), ASAN_OPTIONS=AFL_ASAN_OPTIONS)
    kind = model(target)
    if kind in KINDS and not options.no_mutator:
        folder = pathlib.Path(options.build).resolve() if options.build else ROOT / "build/afl/fuzz"
        library = next((path for path in folder.glob("**/pac_mutator_afl.so")), None)
        if library is None:
            fail(f"there is no pac_mutator_afl.so in {folder}: build for AFL++, or fuzz with --no-mutator")
        environment.update(AFL_CUSTOM_MUTATOR_LIBRARY=str(library), AFL_CUSTOM_MUTATOR_ONLY="1", PAC_MUTATOR_TARGET=kind)
    return environment


def keep_failed_seeds(out, seeds, sync, jobs):
    """AFL++ says of a seed that it crashes, and goes on without it: it is an input that failed like any other."""
    for job in range(jobs):
        for name in re.findall(r"orig:(\d+)' results in a crash", (out / f"afl{job}.log").read_text(errors="replace")):
            crashes = sync / f"job{job}/crashes"
            crashes.mkdir(parents=True, exist_ok=True)
            shutil.copy(seeds / name, crashes / f"id:seed_{name}")


def run_afl(target, options, programs, out, is_enough):
    sync = out / "sync"
    seeds = out / "seeds"
    given = sorted(options.seeds.iterdir()) if options.seeds.is_dir() else []
    # What the run before has come to goes on, as the other engine's corpus does.
    inputs = dict.fromkeys(path.read_bytes() for path in [*given, *sorted(sync.glob("*/queue/id:*"))] if path.is_file())
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir(parents=True)
    for i, octets in enumerate(inputs):
        if 0 < len(octets) <= max_len(target, options):
            (seeds / f"{i:05}").write_bytes(octets)
    shutil.rmtree(sync, ignore_errors=True)
    sync.mkdir()
    if not any(seeds.iterdir()):
        (seeds / "one").write_bytes(b"A")
    run = Run()
    progress = Progress(f"{target} afl")
    deadline = time.monotonic() + options.time + 120
    processes = []
    scratches = [tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) for _ in range(options.jobs)]
    try:
        for job, scratch in enumerate(scratches):
            command = ["afl-fuzz", "-i", str(seeds), "-o", str(sync), "-M" if job == 0 and options.jobs > 1 else "-S", f"job{job}",
                       "-V", str(options.time), "-t", "1000", "-m", "none", "-G", str(max_len(target, options))]
            command += ["-s", str(options.seed)] if options.seed else []
            command += ["-c", str(pathlib.Path(options.cmplog) / target)] if options.cmplog else []
            with open(out / f"afl{job}.log", "w") as log:
                processes.append(subprocess.Popen(command + ["--", str(programs / target)], stdout=log, stderr=log,
                                                  stdin=subprocess.DEVNULL, env=afl_environment(target, options, scratch.name),
                                                  cwd=out, start_new_session=True))
        while any(process.poll() is None for process in processes):
            time.sleep(0.5)
            read_afl(sync, run)
            progress.show(run.text())
            if (is_enough and run.artifacts) or time.monotonic() > deadline:
                break
    finally:
        codes = [process.poll() for process in processes]  # of those that were not stopped
        for process in processes:
            stop(process)
        for scratch in scratches:
            scratch.cleanup()
        keep_failed_seeds(out, seeds, sync, len(processes))
    read_afl(sync, run)
    progress.show(run.text(), is_last=True)
    if run.executions == 0 and not run.artifacts:
        print((out / "afl0.log").read_text()[-2000:], file=sys.stderr)
        fail(f"{target} made no execution")
    if not run.artifacts and any(codes):
        print((out / f"afl{next(job for job, code in enumerate(codes) if code)}.log").read_text()[-2000:], file=sys.stderr)
        fail(f"{target} ended before its time")
    return run


def read_afl(sync, run):
    statistics = []
    for path in sync.glob("*/fuzzer_stats"):
        statistics.append(dict(re.findall(r"^(\w+) *: (.*)$", path.read_text(), re.M)))
    run.executions = sum(int(row.get("execs_done", 0)) for row in statistics)
    longest = max((int(row.get("run_time", 0)) for row in statistics), default=0)
    run.rate = run.executions // max(1, longest)
    run.coverage = max((int(row.get("edges_found", 0)) for row in statistics), default=0)
    run.artifacts = artifacts_in(sync.parent)
