# SPDX-License-Identifier: Apache-2.0
"""What the committed corpora cover of the sources: HTML, and the share of what has to be covered."""
import json
import os
import pathlib
import re
import shutil
import subprocess

from engines import ROOT, built, fail, targets

# What the committed corpora have to cover. The put path is the reference without connecting, reading back and its options.
COVERAGE_GOALS = {"lines": 95, "branches": 90}
COVERAGE_PARTS = {
    "harness/encoding": r"harness/encoding/\w+\.[ch]",
    "put path of the reference": r"harness/adapters/reference/(?!reference\.c|options\.c)\w+\.[ch]",
}


def coverage(names, options):
    programs = built("fuzz-coverage", options)
    out = pathlib.Path(options.out).resolve() / "coverage"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    objects = []
    for target in names or [name for name in targets() if name != "canary"]:
        seeds = ROOT / "corpus" / target
        if seeds.is_dir() and (programs / target).exists():
            subprocess.run([str(programs / target), str(seeds)], check=True, capture_output=True,
                           env=dict(os.environ, LLVM_PROFILE_FILE=str(out / f"{target}.profraw")))
            objects.append(str(programs / target))
    suffix = next((s for s in ("", "-14", "-15", "-16", "-19") if shutil.which(f"llvm-cov{s}")), None)
    if suffix is None or not objects:
        fail("llvm-cov is missing, or there is nothing to run")
    profile = str(out / "profile")
    subprocess.run([f"llvm-profdata{suffix}", "merge", "-sparse", "-o", profile, *map(str, out.glob("*.profraw"))], check=True)
    arguments = [objects[0], *[word for path in objects[1:] for word in ("-object", path)], f"-instr-profile={profile}",
                 f"-ignore-filename-regex=^{re.escape(str(ROOT))}/fuzz/"]
    subprocess.run([f"llvm-cov{suffix}", "show", *arguments, "-format=html", f"-output-dir={out}/html",
                    "-show-branches=count"], check=True, stdout=subprocess.DEVNULL)
    report = subprocess.run([f"llvm-cov{suffix}", "report", *arguments], check=True, capture_output=True, text=True).stdout
    (out / "report.txt").write_text(report)
    print(report)
    summary = subprocess.run([f"llvm-cov{suffix}", "export", "-summary-only", *arguments], check=True, capture_output=True).stdout
    rows = json.loads(summary)["data"][0]["files"]
    files = {str(path.relative_to(ROOT)): row["summary"] for row in rows if (path := pathlib.Path(row["filename"])).is_relative_to(ROOT)}
    missed = [] if names else [part for part in COVERAGE_PARTS if not is_covered(part, files)]  # goals are for all targets
    print(f"HTML: {out}/html/index.html")
    return 1 if missed else 0


def is_covered(part, files):
    """Prints what is covered of the sources of a part, and says whether the goals are met."""
    chosen = [summary for name, summary in files.items() if re.fullmatch(COVERAGE_PARTS[part], name)]
    words = []
    is_met = True
    for what, goal in COVERAGE_GOALS.items():
        count = sum(summary[what]["count"] for summary in chosen)
        percent = 100 * sum(summary[what]["covered"] for summary in chosen) / max(1, count)
        is_met = is_met and percent >= goal
        words.append(f"{percent:.2f} % of {count} {what} (goal {goal} %: {'met' if percent >= goal else 'missed'})")
    print(f"{part}: {', '.join(words)}")
    return is_met
