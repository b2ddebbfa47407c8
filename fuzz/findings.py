# SPDX-License-Identifier: Apache-2.0
"""What an engine's files say: each is run again, grouped by where it failed, made small and named."""
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import tempfile

from engines import AFL_ASAN_OPTIONS, TIMEOUT_SECONDS, sanitizer_environment

MINIMISE_SECONDS = 15
NAME_MAX = 100


def replayed(program, limits, file):
    """What the program says of a file: (key, report), key None when nothing is wrong."""
    try:
        done = subprocess.run([str(program), *limits, str(file)], capture_output=True, timeout=60, stdin=subprocess.DEVNULL,
                              env=sanitizer_environment(frames=30))
    except subprocess.TimeoutExpired:
        return "hang", "it did not end within a minute"
    report = (done.stdout + done.stderr).decode(errors="replace")
    if done.returncode == 0:
        return None, report
    check = re.search(r"^\S*?([\w.]+:\d+): not \((.*)\): ", report, re.M)
    if check:
        clause = re.search(r"^\[([\w.]+)\] ", report, re.M)  # one check, but as many findings as clauses
        return f"check {check[1]} {clause[1]}" if clause else f"check {check[1]}", report
    token = re.search(r"DEDUP_TOKEN: (?!__sanitizer_print_stack_trace)(\S+)", report)  # else the engine's own way to its report
    kind = re.search(r"(?:SUMMARY|ERROR): \w+: ([\w-]+)", report)
    frames = re.findall(r"#\d+ 0x\w+ in ([\w:~]+).*? /\S+:\d+", report)[:3]  # the run times come without their sources
    where = token[1] if token else "--".join(frames)
    if "LeakSanitizer: detected memory leaks" in report:
        return f"leak {where}", report
    return f"{kind[1] if kind else 'exit-' + str(done.returncode)} {where}", report


def slug(key):
    """A name for a file. Of long ones only the beginning is kept, and something that tells them apart."""
    words = re.sub(r"[^A-Za-z0-9]+", "_", key).strip("_").lower()
    return words if len(words) <= NAME_MAX else f"{words[:NAME_MAX - 9]}_{hashlib.sha1(key.encode()).hexdigest()[:8]}"


def make_small(program, limits, file, smaller):
    """Leaves in `smaller` less of the file that still fails, when the engine of the program finds it in time. Programs of AFL++,
    which have no limits, leave that to afl-tmin, and it to the caller to see that the failure is the same."""
    if limits:
        subprocess.run([str(program), *limits, "-minimize_crash=1", "-mutate_depth=1", f"-max_total_time={MINIMISE_SECONDS}",
                        f"-exact_artifact_path={smaller}", str(file)], capture_output=True, stdin=subprocess.DEVNULL,
                       env=sanitizer_environment())
    elif shutil.which("afl-tmin"):
        with tempfile.TemporaryDirectory() as scratch:
            try:
                subprocess.run(["afl-tmin", "-i", str(file), "-o", str(smaller), "-m", "none", "-t", str(1000 * TIMEOUT_SECONDS),
                                "--", str(program)], capture_output=True, stdin=subprocess.DEVNULL, timeout=MINIMISE_SECONDS,
                               env=dict(os.environ, ASAN_OPTIONS=AFL_ASAN_OPTIONS), cwd=scratch)
            except subprocess.TimeoutExpired:
                pass


def triage(target, program, artifacts, out, limits, is_quick=False, is_from_engine=True):
    """Groups by key, minimises the smallest of each group and names it. Returns how many groups there are. What an engine saw
    fail and what does not do so again is a group as well; a file that somebody names and that does not fail is none."""
    groups = {}
    for artifact in artifacts:
        key, report = replayed(program, limits, artifact)
        if key is None and not is_from_engine:
            print(f"{target}: {artifact} does not fail")
            continue
        if key is None:
            key, report = "not reproducible", report
        if key not in groups or artifact.stat().st_size < groups[key][0].stat().st_size:
            groups[key] = (artifact, report)
    out.mkdir(parents=True, exist_ok=True)
    for key, (artifact, report) in sorted(groups.items()):
        kept = out / slug(key)
        shutil.copy(artifact, kept)
        smaller = out / f"{slug(key)}.smaller"
        if not is_quick and key != "not reproducible":
            make_small(program, limits, kept, smaller)
            if smaller.exists() and smaller.stat().st_size < kept.stat().st_size and replayed(program, limits, smaller)[0] == key:
                smaller.replace(kept)
            smaller.unlink(missing_ok=True)
        kept.with_suffix(".txt").write_text(report)
        again = shlex.join([str(program), *limits, str(kept)])
        print(f"{target}: {key}\n  {kept} ({kept.stat().st_size} octets, report beside it)\n  again: {again}")
    return len(groups)
