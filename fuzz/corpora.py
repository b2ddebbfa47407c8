# SPDX-License-Identifier: Apache-2.0
"""Keeps the corpora small and their files named for what they hold, for fuzz/campaign.

A seed that something exports has its name from there. What a campaign found is named here, found_... with what pacheck says
of it: the rule that it breaks, the members it has, the calls it makes.
"""
import pathlib
import re
import struct
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
NAME_MAX = 100
INPUT_MAX = 1 << 20  # octets; libFuzzer cuts what is longer than it is told
UNITS = {"wmio_decode": "unit", "wmio_object": "unit", "context_decode": "context", "object_array_decode": "object_array",
         "dump": None, "out_of_memory": None}
FLAG_WORDS = {0x1: "update_only", 0x2: "create_only", 0x10: "immediately", 0x20: "safe", 0x40: "force", 0x80: "status",
              0x10000: "owner_update", 0x20000: "amended"}
MANNERS = {"put_object": {1: "strict", 2: "encoded", 4: "without_its_class", 8: "twice"},
           "put_scene": {1: "locale", 2: "unwritable", 4: "refusing_sink", 8: "ends_early", 16: "partial", 32: "other_locale",
                         64: "late", 128: "inside"}}


def slug(text):
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")


def is_hash(name):
    """A name that an engine gave."""
    return re.fullmatch(r"[0-9a-f]{12,40}|id[:_].*|found_[0-9a-f]{12}|[0-9]+", name) is not None


def ran(pacheck, *arguments):
    done = subprocess.run([str(pacheck), *arguments], capture_output=True, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def with_file(octets, use):
    with tempfile.NamedTemporaryFile() as file:
        file.write(octets)
        file.flush()
        return use(file.name)


def members(tree):
    """What a printed tree has, in a few words."""
    found = []
    for word, pattern in (("derived", r'current class ".*" : "'), ("method", r"^\w+ +method "),
                          ("embedded", r"(value|element|parameter): (class|instance)"), ("array", r" property .*\[\] "),
                          ("key", r'qualifier "key"'), ("amended", r"flavor 0x[89a-f]"), ("reference", r" property .* reference "),
                          ("datetime", r" property .* datetime "), ("prop_qualifiers", r"^\w+ +property qualifiers")):
        if re.search(pattern, tree, re.M | re.I):
            found.append(word)
    return found


def encoding_words(octets, kind, pacheck):
    """Kind, and either the rule that rejects it with its place, or the rules it breaks and what it has."""
    arguments = ["--kind", kind] if kind else []
    code, tree, said = with_file(octets, lambda name: ran(pacheck, "dump", "--tolerant", *arguments, name))
    first = re.match(r"V-(\d+) offset \d+: ([^:]*):", said)
    if code == 1:
        place = slug(re.sub(r"\[[^]]*\]", "", first[2])) if first else ""
        return ["rejected", f"v{first[1]}" if first else "limit", *place.split("_")[-4:]]
    name = re.search(r'(?:current class|carried class|instance of) "(\w+)"', tree)
    what = re.search(r"unit: (\w+)", tree) or re.search(r"^\w+ +(context|object array)", tree, re.M)
    broken = sorted(set(re.findall(r"^tolerated V-(\d+)", said, re.M)))
    return [what[1] if what else "empty", *([name[1]] if name else []), *members(tree), *(f"v{rule}" for rule in broken)]


def put_words(octets, manners, pacheck):
    if len(octets) < 7:
        return ["too_short"]
    size, manner, flags = struct.unpack(">HBI", octets[-7:])
    size = min(size, len(octets) - 7)
    words = [word for bit, word in FLAG_WORDS.items() if flags & bit]
    words += ["other_flags"] if flags & ~sum(FLAG_WORDS) else []
    return [*encoding_words(octets[:len(octets) - 7 - size], "unit", pacheck), *(["context"] if size else []), *words,
            *(word for bit, word in manners.items() if manner & bit)]


def program_words(octets, pacheck):
    """The calls that are not puts, and what the last put may answer."""
    code, text, _ = with_file(octets, lambda name: ran(pacheck, "fuzz-to-put", name))
    if code != 0:
        return ["program"]
    puts = re.findall(r"^put .*$", text, re.M)
    calls = [word for word in ("connect", "cancel", "rights", "provider", "fail") if re.search(rf"^{word} ", text, re.M)]
    last = re.search(r"expect (.*)$", puts[-1]) if puts else None
    outcomes = re.findall(r"wbem(?:Err)?(\w+)", last[1])[:2] if last else []
    flags = re.search(r" flags (\S+)", puts[-1]) if puts else None
    return [f"{len(puts)}_puts", *(["with", *calls] if calls else []),
            *(["last", slug(flags[1])] if flags else []), *(slug(re.sub(r"(?<!^)([A-Z])", r"_\1", word)).lower() for word in outcomes)]


def text_words(octets):
    return [slug(octets.decode("latin-1"))[:60] or "signs_only"]


def described(target, octets, pacheck):
    if target in UNITS:
        words = encoding_words(octets, UNITS[target], pacheck)
    elif target in MANNERS:
        words = put_words(octets, MANNERS[target], pacheck)
    elif target in ("put_sequence", "put_differential"):
        words = program_words(octets, pacheck)
    else:
        words = text_words(octets)
    return ("found_" + slug("_".join(words)))[:NAME_MAX].rstrip("_")


def place(target, octets, name, taken, pacheck):
    """A name that is free; its own when it has one."""
    base = described(target, octets, pacheck) if is_hash(name) else name
    number = 1
    chosen = base
    while chosen in taken:
        number += 1
        chosen = f"{base}_{number}"
    taken.add(chosen)
    return chosen


def names_by_octets(folders):
    """Every file of the folders, a name that says something preferred. What an engine keeps beside its inputs is none."""
    names = {}
    for folder in folders:
        for path in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file()):
            octets = path.read_bytes()
            if octets not in names or is_hash(names[octets]):
                names[octets] = path.name
    return names


def chosen_by_cover(program, first, candidates, environment, *options):
    """Those of the candidates (octets) that cover what the first ones do not, as few as a greedy choice finds."""
    with tempfile.TemporaryDirectory() as chosen, tempfile.TemporaryDirectory() as offered:
        for folder, inputs in ((chosen, first), (offered, candidates)):
            for number, octets in enumerate(inputs):
                (pathlib.Path(folder) / f"{number:06}").write_bytes(octets)
        subprocess.run([str(program), "-set_cover_merge=1", f"-max_len={INPUT_MAX}", *options, chosen, offered], check=True, capture_output=True,
                       stdin=subprocess.DEVNULL, env=environment)
        known = set(first)
        return [octets for octets in (path.read_bytes() for path in sorted(pathlib.Path(chosen).iterdir())) if octets not in known]


def merge(target, folders, program, pacheck, environment, max_len):
    """Adds to the corpus what covers something new."""
    corpus = CORPUS / target
    corpus.mkdir(parents=True, exist_ok=True)
    names = names_by_octets(folders)
    present = list(names_by_octets([corpus]))
    taken = {path.name for path in corpus.iterdir()}
    for octets in chosen_by_cover(program, present, [octets for octets in names if len(octets) <= max_len], environment):
        (corpus / place(target, octets, names[octets], taken, pacheck)).write_bytes(octets)


def minimise(target, kept, folders, program, pacheck, environment, max_len):
    """Leaves in the corpus the seeds `kept` and as few others, of the corpus and of the folders, as cover the same: those that
    something exports before those that were found, and small ones first."""
    corpus = CORPUS / target
    corpus.mkdir(parents=True, exist_ok=True)
    names = names_by_octets([corpus, *folders])
    chosen = [(corpus / name).read_bytes() for name in kept]
    exported = [octets for octets, name in names.items() if not is_hash(name) and not name.startswith("found_")]
    found = [octets for octets in names if octets not in set(exported)]
    steps = [exported, *([octets for octets in found if len(octets) <= size] for size in (256, 512, max_len))]
    for candidates in steps:
        chosen += chosen_by_cover(program, chosen, candidates, environment, "-use_counters=0")
    taken = set()
    files = {place(target, octets, names[octets], taken, pacheck): octets for octets in chosen}
    for name, octets in files.items():
        (corpus / name).write_bytes(octets)
    for path in list(corpus.iterdir()):  # at last: who is stopped before has too many files, and none too few
        if path.name not in files and not path.is_dir():
            path.unlink()
