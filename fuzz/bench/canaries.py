# SPDX-License-Identifier: Apache-2.0
"""The planted bugs as canaries.def lists them, and what is known of their targets."""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Of the file that PAC_BENCH_FILE names.
FLAG_OCTETS = int(re.search(r"^#define CANARIES_MAX (\d+)u", (ROOT / "fuzz/bench/notes.c").read_text(), re.M)[1])

Canary = collections.namedtuple("Canary", "number tier target name damage text")
# The target of the mutator, and the two seeds.
Target = collections.namedtuple("Target", "mutator seeds")
TARGETS = {
    "object": Target("wmio_decode", ["vectors/valid/spec_myclass_class.bin", "vectors/valid/spec_myclass_instance.bin"]),
    "sequence": Target("put_sequence", ["put_sequence/instance_is_stored_under_a_key_of_reference",
                                        "put_sequence/cancel_ends_the_puts_of_one_sink_only"]),
}


def canaries():
    text = (ROOT / "fuzz/bench/canaries.def").read_text()
    found = re.findall(r'^CANARY\((\d+), (\d), (\w+), (\w+), (\w+), "([^"]*)"\)$', text, re.M)
    if len(found) != len(re.findall(r"^CANARY\(", text, re.M)):
        raise SystemExit("bench: a line of canaries.def is not understood")
    return [Canary(int(number), int(tier), *rest) for number, tier, *rest in found]


def seed_files(target):
    return [ROOT / "corpus" / name for name in TARGETS[target].seeds]


def has_mutator(target):
    kinds = (ROOT / "fuzz/mutator/kinds.def").read_text()
    return re.search(rf"^KIND\({TARGETS[target].mutator},", kinds, re.M) is not None
