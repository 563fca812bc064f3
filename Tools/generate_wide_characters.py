#!/usr/bin/env python3
"""Writes `Sources/TuneBase/Terminal/WideCharacters.swift` from the tables of Python's unicodedata.

    python Tools/generate_wide_characters.py

Wide are the scalars with East_Asian_Width W or F, which terminals draw in two cells. Neighbouring
ranges are joined over unassigned scalars.
"""

import unicodedata
from pathlib import Path

TARGET = Path(__file__).parent.parent / "Sources/TuneBase/Terminal/WideCharacters.swift"


def wide_ranges():
    ranges = []
    gap = True
    for code in range(0x110000):
        scalar = chr(code)
        if unicodedata.category(scalar) == "Cn":
            continue
        if unicodedata.east_asian_width(scalar) not in "WF":
            gap = True
        elif gap:
            ranges.append([code, code])
            gap = False
        else:
            ranges[-1][1] = code
    return ranges


def main():
    entries = [f"0x{first:04X}...0x{last:04X}," for first, last in wide_ranges()]
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) + 1 > 96:
            lines.append(line)
            line = ""
        line += (" " if line else "") + entry
    lines.append(line)
    body = "\n".join("    " + line for line in lines)
    TARGET.write_text(
        f"// Written by Tools/generate_wide_characters.py from Unicode {unicodedata.unidata_version}.\n\n"
        "/// Scalars that terminals draw in two cells, in order.\n"
        f"let wideScalars: [ClosedRange<UInt32>] = [\n{body}\n]\n")


if __name__ == "__main__":
    main()
