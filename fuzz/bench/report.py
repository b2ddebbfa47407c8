# SPDX-License-Identifier: Apache-2.0
"""What was measured as Markdown tables, and held against what the project asks of its fuzzing.

Measured data is {"trials", "cap", "jobs", "machine", "runs": [{"target", "seeds", "configuration", "trials": [trial]}]}; a
trial is {"times": {bug: CPU seconds}, "cpu", "executions", "load"}. A bug that is missing in `times` was not met within the
cap and counts as the cap.
"""
import statistics

MEDIAN_MOST = {1: 5, 2: 5, 3: 5, 4: 30}  # CPU seconds, by tier
SHARE_LEAST = {1: 1.0, 2: 1.0, 3: 1.0, 4: 0.8}  # of the trials
ENGINES = {"libFuzzer": ("mutator", ["plain", "value_profile"], 30), "AFL++": ("afl_mutator", ["afl_plain", "afl_cmplog"], 10)}
ONE_OCTET_LEAST = 0.9
TWO = "two"
ONE_OCTET = "one-octet"


class Measured:
    def __init__(self, data, canaries):
        self.data = data
        self.cap = data["cap"]
        self.canaries = canaries

    def trials(self, seeds, configuration, target):
        return [trial for run in self.data["runs"] for trial in run["trials"]
                if (run["seeds"], run["configuration"], run["target"]) == (seeds, configuration, target)]

    def times(self, seeds, configuration, bug):
        """Of each trial, None where the bug was not met."""
        return [trial["times"].get(bug.name) for trial in self.trials(seeds, configuration, bug.target)]

    def capped(self, seeds, configuration, bug):
        return [self.cap if time is None else time for time in self.times(seeds, configuration, bug)]

    def bugs(self, seeds, configuration):
        """The bugs whose target was run so."""
        return [bug for bug in self.canaries if self.trials(seeds, configuration, bug.target)]

    def mean(self, seeds, configuration, bugs):
        """The restricted mean; None unless all of them were measured."""
        times = [self.capped(seeds, configuration, bug) for bug in bugs]
        return statistics.fmean(sum(times, [])) if times and all(times) else None

    def median(self, seeds, configuration, bug):
        return statistics.median(self.capped(seeds, configuration, bug))

    def configurations(self, seeds):
        return list(dict.fromkeys(run["configuration"] for run in self.data["runs"] if run["seeds"] == seeds))


# Tables ------------------------------------------------------------------------------------------------------------------


def cell(measured, seeds, configuration, bug):
    times = measured.times(seeds, configuration, bug)
    if not times:
        return "-"
    median = measured.median(seeds, configuration, bug)
    met = sum(time is not None for time in times)
    shown = f">{measured.cap:g}" if median >= measured.cap else f"{median:.2f}"
    return shown if met == len(times) else f"{shown} ({met}/{len(times)})"


def rate(measured, seeds, configuration, target):
    """Executions a CPU second."""
    counted = [trial for trial in measured.trials(seeds, configuration, target) if trial["executions"] is not None]
    cpu = sum(trial["cpu"] for trial in counted)
    return f"{sum(trial['executions'] for trial in counted) / cpu:,.0f}" if cpu > 0 else "-"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(measured, seeds):
    """The lines of the table for one kind of seeds."""
    chosen = measured.configurations(seeds)
    bugs = [bug for bug in measured.canaries if any(measured.trials(seeds, c, bug.target) for c in chosen)]
    lines = [row("bug", "target", "tier", *chosen), "|---|---|---|" + "---|" * len(chosen)]
    lines += [row(bug.name, bug.target, bug.tier, *(cell(measured, seeds, c, bug) for c in chosen)) for bug in bugs]
    scopes = [("all", tier) for tier in sorted({bug.tier for bug in bugs})]
    scopes += [(target, "all") for target in sorted({bug.target for bug in bugs})] + [("all", "all")]
    for target, tier in scopes:
        within = [bug for bug in bugs if target in ("all", bug.target) and tier in ("all", bug.tier)]
        means = (measured.mean(seeds, c, within) for c in chosen)
        lines.append(row("restricted mean", target, tier, *("-" if mean is None else f"{mean:.2f}" for mean in means)))
    for target in sorted({bug.target for bug in bugs}):
        lines.append(row("executions a CPU second", target, "all", *(rate(measured, seeds, c, target) for c in chosen)))
    return lines


def circumstances(measured, seeds):
    loads = [trial["load"] for run in measured.data["runs"] if run["seeds"] == seeds for trial in run["trials"]]
    return (f"{measured.data['trials']} trials, cap of {measured.cap:g} CPU seconds, {measured.data['jobs']} at once on "
            f"{measured.data['machine']}; load average {min(loads):.1f} to {max(loads):.1f}.")


def armed_table(found):
    lines = [row("bug", "target", "tier", "damage", "detected", "CPU seconds", "report"), "|---|---|---|---|---|---|---|"]
    for bug, outcome in found:
        detected = "yes" if outcome["report"] else "no" if outcome["met"] else "not met"
        lines.append(row(bug.name, bug.target, bug.tier, bug.damage, detected, f"{outcome['cpu']:.2f}",
                         outcome["report"] or "-"))
    return lines


# What must hold ----------------------------------------------------------------------------------------------------------


def judge_tiers(measured, tiers):
    """(what is asked, whether it holds, the worst) for the times with our mutator."""
    bugs = [bug for bug in measured.canaries if bug.tier in tiers]
    name = f"tier {tiers[0]}" if len(tiers) == 1 else f"tiers {tiers[0]} to {tiers[-1]}"
    share_least, median_most = SHARE_LEAST[tiers[0]], MEDIAN_MOST[tiers[0]]
    asked = [f"{name}: each bug is met in {share_least:.0%} of the trials at least",
             f"{name}: the median is {median_most} s at most"]
    if not bugs or any(bug not in measured.bugs(TWO, "mutator") for bug in bugs):
        return [(text, None, "not all of them were measured") for text in asked]
    shares = {bug: statistics.fmean(time is not None for time in measured.times(TWO, "mutator", bug)) for bug in bugs}
    medians = {bug: measured.median(TWO, "mutator", bug) for bug in bugs}
    rarest, slowest = min(bugs, key=shares.get), max(bugs, key=medians.get)
    beyond = " or more" if medians[slowest] >= measured.cap else ""
    return [(asked[0], shares[rarest] >= share_least, f"least: {rarest.name}, {shares[rarest]:.0%}"),
            (asked[1], medians[slowest] <= median_most and not beyond,
             f"most: {slowest.name}, {medians[slowest]:.2f} s{beyond}")]


def ratio(measured, engine, bugs):
    """How many times shorter the restricted mean is than that of the best plain configuration, and its name; or None."""
    ours, plain, _ = ENGINES[engine]
    mean = measured.mean(TWO, ours, bugs)
    others = {c: measured.mean(TWO, c, bugs) for c in plain}
    if not mean or any(other is None for other in others.values()):
        return None
    best = min(others, key=others.get)
    return others[best] / mean, best


def judge_ratio(measured, engine):
    least = ENGINES[engine][2]
    asked = f"{engine}: the restricted mean is {least} times shorter than the best plain one's at least"
    found = ratio(measured, engine, measured.canaries)
    if found is None:
        return asked, None, "not all configurations were measured"
    parts = []
    for target in sorted({bug.target for bug in measured.canaries}):
        part = ratio(measured, engine, [bug for bug in measured.canaries if bug.target == target])
        parts.append(f"{target} {part[0]:.1f} against {part[1]}")
    return asked, found[0] >= least, f"{found[0]:.1f} times, against {found[1]} ({'; '.join(parts)})"


def judge_one_octet(measured):
    asked = f"one octet as the only seed: {ONE_OCTET_LEAST:.0%} of the bugs are found at least"
    bugs = measured.bugs(ONE_OCTET, "mutator")
    if len(bugs) < len(measured.canaries):
        return asked, None, "not all of them were measured"
    times = [time for bug in bugs for time in measured.times(ONE_OCTET, "mutator", bug)]
    share = statistics.fmean(time is not None for time in times)
    never = [bug.name for bug in bugs if not any(time is not None for time in measured.times(ONE_OCTET, "mutator", bug))]
    return asked, share >= ONE_OCTET_LEAST, f"{share:.0%} of all bugs and trials; never: {', '.join(never) or 'none'}"


def judge(measured):
    """(what is asked, True or False or None for not measured, what was seen)."""
    return [*judge_tiers(measured, [1, 2, 3]), *judge_tiers(measured, [4]),
            *(judge_ratio(measured, engine) for engine in ENGINES), judge_one_octet(measured)]


def judgement_lines(judgements):
    words = {True: "holds", False: "missed", None: "not measured"}
    return [row("must hold", "verdict", "seen"), "|---|---|---|"] + [row(asked, words[holds], seen)
                                                                    for asked, holds, seen in judgements]
