#!/usr/bin/env python3
"""Writes `Sources/TuneTokenizers/Unicode/UnicodeData.swift` from measured tables.

    python Tools/generate_unicode_tables.py unicode_tables.json

The JSON is what `Tools/measure_unicode_tables.py` writes: sets as inclusive hexadecimal ranges,
mappings from scalar to scalars. The Swift file holds them as LEB128 numbers in base64:

- a set: for each range the gap since the end of the last one, then its length less one;
- a mapping: for each scalar the gap since the last one, the number of scalars it becomes, and each
  of those as zigzag difference to it;
- combining classes: for each class its value, the number of ranges, then the ranges as in a set.
"""

import base64
import json
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "Sources/TuneTokenizers/Unicode/UnicodeData.swift"

SETS = [
    ("bert_removed", "controls", "What BERT's normalizer removes: controls, formats, private use."),
    ("whitespace", "whitespace", "White_Space."),
    ("cjk", "ideographs", "What BERT's normalizer puts spaces around."),
    ("mn", "nonspacingMarks", "Category Mn: what BERT's accent stripping drops."),
    ("combining_mark", "combiningMarks", "Categories Mn, Mc and Me: what `StripAccents` drops."),
    ("bert_punct", "punctuation", "ASCII punctuation and the P categories."),
    ("regex_word", "wordCharacters", "What `\\w` matches."),
]


def varint(number):
    result = bytearray()
    while number >= 0x80:
        result.append(number & 0x7F | 0x80)
        number >>= 7
    result.append(number)
    return bytes(result)


def zigzag(number):
    return number << 1 if number >= 0 else (-number << 1) - 1


def pack_set(ranges):
    result, next_free = bytearray(), 0
    for first, last in ((int(a, 16), int(b, 16)) for a, b in ranges):
        result += varint(first - next_free) + varint(last - first)
        next_free = last + 1
    return bytes(result)


def pack_mapping(mapping):
    result, next_free = bytearray(), 0
    for scalar, images in sorted((int(k, 16), [int(v, 16) for v in vs]) for k, vs in mapping.items()):
        result += varint(scalar - next_free) + varint(len(images))
        for image in images:
            result += varint(zigzag(image - scalar))
        next_free = scalar + 1
    return bytes(result)


def pack_classes(classes):
    result = bytearray()
    for value, ranges in sorted((int(k), v) for k, v in classes.items()):
        result += varint(value) + varint(len(ranges)) + pack_set(ranges)
    return bytes(result)


def composition_exclusions(tables):
    """Decomposable scalars that composition never produces."""
    scalars = sorted(int(k, 16) for k in tables["nfd"] if k in tables["nfc"])
    return [[f"{scalar:X}"] * 2 for scalar in scalars]


def swift_constant(name, summary, data):
    text = base64.b64encode(data).decode()
    lines = [text[i : i + 90] for i in range(0, len(text), 90)]
    body = "\\\n        ".join(lines)
    return f'    /// {summary}\n    static let {name} = """\n        {body}\n        """\n'


def main(path):
    tables = json.loads(Path(path).read_text(encoding="utf-8"))
    parts = [swift_constant(name, summary, pack_set(tables[key])) for key, name, summary in SETS]
    parts += [
        swift_constant("lowercase", "Lower case of single scalars.", pack_mapping(tables["lower"])),
        swift_constant(
            "decompositions",
            "Full canonical decompositions, Hangul syllables excepted.",
            pack_mapping(tables["nfd"])),
        swift_constant(
            "compositionExclusions",
            "Decomposable scalars that canonical composition never produces.",
            pack_set(composition_exclusions(tables))),
        swift_constant(
            "combiningClasses", "Canonical combining classes other than 0.",
            pack_classes(tables["ccc"])),
    ]
    TARGET.write_text(
        "// swift-format-ignore-file\n"
        "// Written by Tools/generate_unicode_tables.py; the script describes the format.\n\n"
        "/// The Unicode tables of 🤗 Tokenizers "
        f"{tables['tokenizers_version']}, packed.\n"
        "enum UnicodeData {\n" + "\n".join(parts) + "}\n",
        encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
