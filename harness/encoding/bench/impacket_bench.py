# SPDX-License-Identifier: Apache-2.0
"""Prints the seconds that impacket takes to decode one encoding unit: the median of some rounds. Run by encoding_bench."""
import statistics
import sys
import time

try:
    from impacket.dcerpc.v5.dcom.wmi import ENCODING_UNIT
except ImportError:
    sys.exit("impacket is not installed")

ROUNDS = 15


def decode(octets):
    """Reads the unit and everything in its class, as our decoder does."""
    block = ENCODING_UNIT(octets)["ObjectBlock"]
    block.parseObject()
    return block.ctCurrent["properties"], block.ctCurrent["methods"] if "methods" in block.ctCurrent else None


def main():
    with open(sys.argv[1], "rb") as file:
        octets = file.read()
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        decode(octets)
        rounds.append(time.perf_counter() - start)
    print(statistics.median(rounds))


main()
