#!/usr/bin/env python3
"""Measures the Unicode tables that the `tokenizers` wheel uses, by asking it about every scalar.

The wheel mixes Unicode versions: general categories of 8.0, decompositions of 12, lower case and
`\\w` of its Rust release. So the sets are measured, not taken from a Unicode release.

    python Tools/measure_unicode_tables.py unicode_tables.json
    python Tools/generate_unicode_tables.py unicode_tables.json

Takes about a minute. Surrogates are left out; Hangul syllables are left out of the mappings because
their (de)composition is arithmetic.
"""

import json
import sys
import unicodedata

import tokenizers
from tokenizers import normalizers, pre_tokenizers

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
HANGUL = range(0xAC00, 0xD7A4)


def ranges(scalars):
    """Sorted scalars as inclusive ranges in hexadecimal."""
    result = []
    for scalar in scalars:
        if result and result[-1][1] == scalar - 1:
            result[-1][1] = scalar
        else:
            result.append([scalar, scalar])
    return [[f"{a:04X}", f"{b:04X}"] for a, b in result]


def where(predicate):
    return ranges(c for c in SCALARS if predicate(chr(c)))


def mapping(normalizer):
    """What each scalar becomes, for those that change."""
    result = {}
    for scalar in SCALARS:
        if scalar in HANGUL:
            continue
        text = normalizer.normalize_str(chr(scalar))
        if text != chr(scalar):
            result[f"{scalar:04X}"] = [f"{ord(c):04X}" for c in text]
    return result


def bert(**options):
    off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    return normalizers.BertNormalizer(**{**off, **options})


def combining_classes():
    """Classes are stable once assigned, so only whether the wheel knows a mark is measured."""
    nfd = normalizers.NFD()
    classes = {}
    for scalar in SCALARS:
        value = unicodedata.combining(chr(scalar))
        if value == 0:
            continue
        base = unicodedata.normalize("NFD", chr(scalar))
        probe = "a" + base + "\u0334" if value > 1 else "a\u0345" + base
        if nfd.normalize_str(probe) != probe:
            classes.setdefault(str(value), []).append(scalar)
    return {value: ranges(members) for value, members in classes.items()}


def main(path):
    clean, cjk, plain = bert(clean_text=True), bert(handle_chinese_chars=True), bert()
    accents = bert(strip_accents=True)
    nfd = normalizers.NFD()
    strip_accents = normalizers.StripAccents()
    bert_split = pre_tokenizers.BertPreTokenizer()
    white = pre_tokenizers.WhitespaceSplit()
    word = pre_tokenizers.Whitespace()

    def pieces(pre_tokenizer, text):
        return [piece for piece, _ in pre_tokenizer.pre_tokenize_str(text)]

    tables = {
        "bert_removed": where(lambda c: clean.normalize_str(c) == ""),
        "whitespace": where(lambda c: pieces(white, f"a{c}b") == ["a", "b"]),
        "bert_space": where(lambda c: clean.normalize_str(c) == " "),
        "cjk": where(lambda c: cjk.normalize_str(c) != c),
        "mn": where(lambda c: accents.normalize_str(c) == ""),
        "combining_mark": where(lambda c: strip_accents.normalize_str(c) == ""),
        "bert_punct": where(lambda c: pieces(bert_split, f"a{c}b") == ["a", c, "b"]),
        "regex_word": where(lambda c: pieces(word, f"a{c}b") == [f"a{c}b"]),
        "lower": mapping(normalizers.Lowercase()),
        "nfd": mapping(nfd),
        "nfc": mapping(normalizers.NFC()),
        "ccc": combining_classes(),
        "tokenizers_version": tokenizers.__version__,
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(tables, file)


if __name__ == "__main__":
    main(sys.argv[1])
