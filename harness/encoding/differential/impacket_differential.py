# SPDX-License-Identifier: Apache-2.0
"""Differential test of the codec against impacket's WMIO classes.

    impacket_differential.py PROGRAM VECTORS... [--instances N] [--classes N] [--seed S]

PROGRAM is encoding_differential; VECTORS are folders with a MANIFEST.tsv. Comparisons:
  read        impacket reads every valid vector and our encoder's octets of generated objects to the content we decode
  rewritten   impacket writes again what it has read; we read that to the same content
  spawned     impacket spawns an instance of a class and sets its values; we read those values
Exit 0 when both agree but for the defects below, 1 when they do not, 77 when impacket is not there.
"""
import argparse
import collections
import contextlib
import csv
import io
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
try:
    from impacket.dcerpc.v5.dcom import wmi
except ImportError:
    print("skipped: python3-impacket is not installed")
    sys.exit(77)

ARRAY, INHERITED = 0x2000, 0x4000

# What impacket 0.10.0 does differently from the specification, and why each is its fault and not ours. Nothing else is
# excused: a difference that no row covers fails the test.
DEFECTS = {
    "uint_max_is_none": "an instance value 0xFFFFFFFF of an unsigned type reads as none: every number is taken for a reference",
    "class_defaults": "defaults of a class ignore the NdTable: NULL reads as all ones, 0, negative numbers and booleans as none, "
                      "numbers and arrays as text",
    "raw_references": "elements of datetime[] and reference[] stay references",
    "inherited_string_array": "the inherited mark is not masked before string[] and object[] are recognised: elements stay references",
    "boolean_elements": "elements of boolean[] stay 65535 and 0",
    "true_is_one": "TRUE is written as 0x0001 (V-120)",
    "slack_is_dropped": "the slack of a unit and of its parts is not written again, but still counted by their lengths (V-002)",
    "class_flag_of_properties": "properties of an instance keep a class default as value when the instance says NULL or default",
}


class Report:
    def __init__(self):
        self.excused = collections.Counter()
        self.differences = []
        self.compared = collections.Counter()

    def differ(self, where, ours, theirs):
        self.differences.append("%s: ours %r, impacket %r" % (where, ours, theirs))

    def expect(self, where, ours, theirs, defect=None, covers=False):
        """Compares; a difference is excused by `defect` when it is of the kind that the defect explains."""
        self.compared["values"] += 1
        if type(ours) is type(theirs) and ours == theirs:
            return
        if defect is not None and covers:
            self.excused[defect] += 1
        else:
            self.differ(where, ours, theirs)


TYPES = {word: number for number, word in wmi.CIM_TYPE_TO_NAME.items()}
TYPES["boolean"] = TYPES.pop("bool")


def type_number(word):
    return TYPES[word[:-2]] | ARRAY if word.endswith("[]") else TYPES[word]


def number(value):
    """64-bit integers are text in our JSON."""
    return int(value) if isinstance(value, str) else value


def compare_value(report, where, ours, word, theirs, is_inherited=False):
    """One value that is there, of an instance or a qualifier."""
    base = word[:-2] if word.endswith("[]") else word
    if word.endswith("[]"):
        compare_array(report, where, ours, base, theirs, is_inherited)
    elif base == "object":
        compare_block(report, where, ours, theirs["ObjectBlock"])
    elif base == "boolean":
        report.expect(where, str(ours), theirs)
    elif base in ("string", "datetime", "reference"):
        report.expect(where, ours, theirs)
    else:
        report.expect(where, number(ours), theirs, "uint_max_is_none", theirs is None and number(ours) == 0xFFFFFFFF)


def compare_array(report, where, ours, base, theirs, is_inherited):
    is_referred = base in ("string", "object", "datetime", "reference")
    if is_referred and (base in ("datetime", "reference") or is_inherited) and len(ours) == len(theirs):
        defect = "raw_references" if base in ("datetime", "reference") else "inherited_string_array"
        for i, element in enumerate(theirs):
            report.expect("%s[%d]" % (where, i), ours[i], element, defect, isinstance(element, int))
        return
    report.expect(where + " count", len(ours), len(theirs))
    for i, (element, other) in enumerate(zip(ours, theirs)):
        place = "%s[%d]" % (where, i)
        if base == "object":
            compare_block(report, place, element, other["ObjectBlock"])
        elif base == "boolean":
            report.expect(place, element, other, "boolean_elements", other == (65535 if element else 0))
        else:
            report.expect(place, element if base == "string" else number(element), other)


def compare_qualifiers(report, where, ours, theirs):
    report.expect(where + " qualifiers", sorted(q["name"] for q in ours), sorted(theirs))
    for qualifier in ours:
        name = qualifier["name"]
        if qualifier["value"] is None or name not in theirs:
            report.expect("%s[%s]" % (where, name), None, theirs.get(name))
        else:
            compare_value(report, "%s[%s]" % (where, name), qualifier["value"], qualifier["type"], theirs[name])


def compare_default(report, where, ours, theirs):
    """The default of a class property, which impacket gives as text."""
    is_text = ours["type"] in ("string", "datetime", "reference")
    default = None if ours["null"] else ours.get("default")
    if ours["type"] == "object" and default is not None and theirs is not None:
        return
    report.expect(where, default, theirs, "class_defaults", not is_text or default is None)


def compare_class(report, where, ours, theirs, is_class):
    """A class part, and the methods part when the object is a class."""
    header = theirs.getClassName()
    if ours["name"] is None:
        report.expect(where + " name", "None", header)
        return
    report.expect(where + " name", [ours["name"]] + ours["derivation"], [part.strip() for part in header.split(" : ")])
    compare_qualifiers(report, where, ours["qualifiers"], theirs.getQualifiers())
    properties = theirs.getProperties()
    report.expect(where + " properties", [p["name"] for p in sorted(ours["properties"], key=lambda p: p["order"])],
                  list(properties))
    for mine in ours["properties"]:
        other, place = properties[mine["name"]], "%s.%s" % (where, mine["name"])
        report.expect(place + " type", type_number(mine["type"]) | (INHERITED if mine["inherited"] else 0), other["type"])
        report.expect(place + " order", mine["order"], other["order"])
        compare_qualifiers(report, place, mine["qualifiers"], other["qualifiers"])
        if is_class:
            compare_default(report, place + " default", mine, other["value"])
    if is_class:
        compare_methods(report, where, ours["methods"], theirs.getMethods())


def compare_methods(report, where, ours, theirs):
    report.expect(where + " methods", [m["name"] for m in ours], list(theirs))
    for method in ours:
        other, place = theirs[method["name"]], "%s.%s()" % (where, method["name"])
        report.expect(place + " origin", method["origin"], other["origin"])
        compare_qualifiers(report, place, method["qualifiers"], other["qualifiers"])
        for side, raw in (("in", "InParamsRaw"), ("out", "OutParamsRaw")):
            report.expect(place + " has " + side, method[side] is not None, raw in other)
            if method[side] is not None and raw in other:
                compare_block(report, place + "." + side, method[side], other[raw])


def compare_values(report, where, ours, instance):
    with contextlib.redirect_stdout(io.StringIO()):
        values = instance.getValues(instance["CurrentClass"].getProperties())
    for declared in ours["current"]["properties"]:
        name = declared["name"]
        setting, other, place = ours["values"][name], values[name], "%s = %s" % (where, name)
        report.expect(place + " null", setting["null"], other["null_default"])
        report.expect(place + " default", setting["default"], other["inherited_default"])
        if "value" in setting and setting["value"] is not None:
            compare_value(report, place, setting["value"], declared["type"], other["value"], declared["inherited"])
        else:
            report.expect(place, None, other["value"], "class_flag_of_properties", True)


def compare_block(report, where, ours, block):
    """An ObjectBlock."""
    report.expect(where + " flags", ours["flags"], block["ObjectFlags"])
    if "server" in ours:
        decoration = block["Decoration"]
        report.expect(where + " server", ours["server"], decoration["DecServerName"]["Character"])
        report.expect(where + " namespace", ours["namespace"], decoration["DecNamespaceName"]["Character"])
    if ours["kind"] == "class":
        compare_class(report, where + " parent", ours["parent"], block["ClassType"]["ParentClass"], True)
        compare_class(report, where, ours["current"], block["ClassType"]["CurrentClass"], True)
    else:
        instance = block["InstanceType"]
        compare_class(report, where, ours["current"], instance["CurrentClass"], False)
        heap = instance["InstanceHeap"]["HeapItem"]
        report.expect(where + " class name", ours["class_name"],
                      wmi.ENCODED_STRING(heap[instance["InstanceClassName"]:])["Character"])
        compare_qualifiers(report, where, ours["qualifiers"], instance["InstanceQualifierSet"]["QualifierSet"].getQualifiers(heap))
        compare_values(report, where, ours, instance)


# Subjects -------------------------------------------------------------------------------------------------------------

def run(program, arguments, lines=None):
    text = None if lines is None else "".join(line + "\n" for line in lines)
    result = subprocess.run([program] + arguments, input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def read_vectors(folder):
    """The valid units of a manifest, in the generator's form."""
    path = os.path.join(folder, "MANIFEST.tsv")
    if not os.path.exists(path):
        print("no vectors at %s: left out" % folder)
        return
    with open(path, newline="", encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest, delimiter="\t"):
            if row["kind"] != "unit" or row["strict"] != "accept":
                continue
            with open(os.path.join(folder, row["file"]), "rb") as octets, \
                    open(os.path.join(folder, row["file"][:-4] + ".json"), encoding="utf-8") as content:
                yield {"name": row["file"], "octets": octets.read().hex(), "decoded": json.load(content)["decoded"]}


# Vectors on which impacket gives up, with the reason. The test fails when one of them is read after all.
UNREADABLE = {
    "valid/note_cimtype_high_half_set.bin": "the upper half of a type word is not masked",
    "valid/note_inherited_default_slot_garbage.bin": "an inherited default that names nothing is read nevertheless",
    "valid/hand_all_scalars_class.bin": "the default of a real property is taken for a heap offset",
    "valid/hand_dictionary_values_class.bin": "a dictionary reference in a value is taken for a heap offset",
}


class Offline(wmi.IWbemClassObject):
    """IWbemClassObject without a connection behind it."""

    def __init__(self, octets):
        self._iid = wmi.IID_IWbemClassObject
        self._IWbemClassObject__iWbemServices = None
        self._IWbemClassObject__methods = None
        self.encodingUnit = wmi.ENCODING_UNIT(octets)
        self.parseObject()

    def get_objRef(self):
        return self.reference

    def set_objRef(self, reference):
        self.reference = reference

    def process_interface(self, _reference):
        pass


SPAWNED_TYPES = ("sint8", "uint8", "sint16", "uint16", "sint32", "uint32", "sint64", "uint64", "string", "datetime",
                 "reference", "char16", "boolean")


def spawn(octets, decoded):
    """An instance of the class with a value for every property, as impacket writes it, and those values."""
    cls = Offline(octets)
    values = {}
    with contextlib.redirect_stdout(io.StringIO()):
        instance = cls.SpawnInstance()
        for i, declared in enumerate(sorted(decoded["current"]["properties"], key=lambda p: p["order"])):
            word = declared["type"]
            value = {"boolean": i % 2 == 0, "string": "text %d" % i, "datetime": "20240229120000.000000-480",
                     "reference": "Thing.Key=%d" % i}.get(word, 1 + i)
            values[declared["name"]] = str(value) if word in ("sint64", "uint64") else value
            setattr(instance, declared["name"], value)
        return instance.marshalMe()["pObjectData"].getData().hex(), values


def is_spawnable(decoded):
    """A decorated class with properties, none of which impacket cannot spawn (arrays, objects, reals)."""
    properties = decoded["current"]["properties"]
    return decoded["kind"] == "class" and "server" in decoded and properties and all(
        p["type"] in SPAWNED_TYPES for p in properties)


def compare_spawned(report, program, subjects):
    spawned = [(s["name"],) + spawn(bytes.fromhex(s["octets"]), s["decoded"]) for s in subjects if is_spawnable(s["decoded"])]
    for (name, _, values), read in zip(spawned, run(program, ["judge"], [octets for _, octets, _ in spawned])):
        where = name + " spawned"
        report.expect(where + " rejected", 0, read["rule"])
        for rule in read["tolerated"]:
            report.expect(where, "", "V-%03d" % rule, "true_is_one", rule == 120)
        for key, value in values.items():
            report.expect("%s = %s" % (where, key), value, read["decoded"]["values"][key].get("value"))
        report.compared["spawned"] += 1


def pad(report, octets, size):
    """Puts back as many octets of slack as the writer has dropped; they carry no meaning."""
    if len(octets) < size:
        report.excused["slack_is_dropped"] += 1
        octets += bytes(size - len(octets))
    return octets


def compare_read(report, subjects):
    """Gives the octets that impacket makes of what it has read."""
    rewritten = []
    for subject in subjects:
        octets, is_unreadable = bytes.fromhex(subject["octets"]), subject["name"] in UNREADABLE
        try:
            unit = wmi.ENCODING_UNIT(octets)
            compare_block(Report() if is_unreadable else report, subject["name"], subject["decoded"], unit["ObjectBlock"])
            if is_unreadable:
                report.differ(subject["name"], "on the list of unreadable vectors", "reads it")
            rewritten.append((subject, pad(report, unit.getData(), len(octets)).hex()))
        except Exception as error:  # whatever impacket raises is its answer
            if not is_unreadable:
                report.differ(subject["name"], "decoded", "%s: %s" % (type(error).__name__, error))
        report.compared["read"] += 1
    return rewritten


def compare_rewritten(report, program, rewritten):
    for (subject, _), read in zip(rewritten, run(program, ["judge"], [octets for _, octets in rewritten])):
        report.expect(subject["name"] + " rewritten, rule", 0, read["rule"])
        report.expect(subject["name"] + " rewritten", subject["decoded"], read.get("decoded"))
        report.compared["rewritten"] += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("vectors", nargs="*")
    parser.add_argument("--instances", type=int, default=1000)
    parser.add_argument("--classes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wmi.LOG.disabled = True
    report = Report()
    subjects = [subject for folder in options.vectors for subject in read_vectors(folder)]
    for kind, count in (("instances", options.instances), ("classes", options.classes)):
        subjects += run(options.program, [kind, str(options.seed), str(count)])
    readable = compare_read(report, subjects)
    compare_rewritten(report, options.program, readable)
    compare_spawned(report, options.program, [subject for subject, _ in readable])
    print(", ".join("%d %s" % (count, what) for what, count in sorted(report.compared.items())))
    for defect, reason in DEFECTS.items():
        print("excused %6d  %s: %s" % (report.excused[defect], defect, reason))
    for difference in report.differences[:20]:
        print("DIFFERENT " + difference[:400])
    unused = [defect for defect in DEFECTS if report.excused[defect] == 0]
    if unused and options.instances >= 1000:
        report.differences.append("nothing needs the rows " + ", ".join(unused))
        print("DIFFERENT " + report.differences[-1])
    print("%d differences" % len(report.differences))
    sys.exit(1 if report.differences or not report.compared["read"] else 0)


main()
