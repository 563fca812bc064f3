#!/usr/bin/env python3
"""Golden data for TuneTokenizers, from transformers and tokenizers.

    HF_HUB_OFFLINE=1 python Tools/goldens/tokenizer.py

Writes to `Tests/TuneTokenizersTests/Fixtures`: a small BERT tokenizer (`tiny-bert`), what Python's
tokenizers make of our own strings (`encodings.json`, `words.json`, `truncation.json`,
`padding.json`), the same for variants of the pipeline and of the configuration files
(`variants.json`), and digests of the Unicode tables (`unicode.json`). Everything is compared
exactly.
"""

import json
import os
import random
import shutil
import tempfile
import unicodedata
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RUST_BACKTRACE"] = "0"

import tokenizers
import transformers
from transformers import AutoTokenizer, BertTokenizer

SEED = 7
OUT = Path(__file__).parents[2] / "Tests/TuneTokenizersTests/Fixtures"
ABOUT = {"transformers": transformers.__version__, "tokenizers": tokenizers.__version__, "seed": SEED}

WORDS = """
the a of and to in is was it that he she they we you not do don can will would could should have had
has be been are were for on with as at by from this there here run runn play work walk talk small big
token word piece learn train model text data house garden river stone light water green blue un re
pre over under ##s ##ed ##ing ##er ##est ##ly ##ness ##able ##ment ##tion ##ize ##izer ##iz ##un
##do ##in ##al ##ic ##ful hello world smile cafe naive resume uber strasse ß café naïve résumé ##é ##ü
Hello World The Café É ÀÉ i̇ ##i̇ ο ος ##ος σ ##σ ς ##ς αβγ ##αβγ мир привет ##вет й и
你 好 世 界 中 文 字 ##界 ##文 カ タ か な ひ ら ##な 가 나 ##나 ㄱ ᄀ ᅡ ᄂ ᆨ ##ᅡ ##ᄂ ##ᆨ
hi 10 19 20 2024 ##00 ##24 ##0 ##1 ##2 ##3 x ##x xx ##xx xxxx ##xxxx ﬁ ##ne ア ｱ ² ½
א ב ##ב ا ##ل ل न ##न म ##म ् ##् 𝒜 𐐀 𐐨 ##𐐨
""".split()
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") + list("…—–“”‘’«»。，、！？（）・¿¡§¶")
LETTERS = list("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH")


def vocabulary():
    tokens = SPECIALS[:1] + [f"[unused{i}]" for i in range(4)] + SPECIALS[1:]
    tokens += PUNCTUATION + LETTERS + ["##" + c for c in LETTERS] + WORDS
    return list(dict.fromkeys(tokens))


STRINGS = [
    "", " ", "   ", "\t\n\r", "a", "Hello, world!", "The walker is walking, talking and working.",
    "Don't do that; they're here, aren't they?", "unplayable rerunning underworked overlearned",
    "cafe CAFÉ Café cafe\u0301 naïve résumé", "ΣΟΣ ΟΔΟΣ ος σ", "İstanbul I\u0307 ı", "Straße STRASSE ẞ ß",
    "привет МИР Йй", "你好，世界！", "hello你好world", "中文abc字", "カタカナ ひらがな か\u3099", "가나다 각 한국어",
    "\u1100\u1161\u11a8 \u1100\u1161", "😀 smile 👨\u200d👩\u200d👧 👍🏽 🇩🇪", "a\u200db\u200cc\u00add\ufeffe",
    "\0a\x01b\x02", "x\x7fy\x80z\x85w", "line\u2028sep\u2029par", "no\u00a0break\u3000wide\u2009thin\u200bzero",
    "x" * 100, "x" * 101, "é" * 100, "é" * 101, "e\u0301" * 100, "𝒜" * 101, "[CLS] hi [SEP]", "[MASK] [mask] [MASK]ing don't[MASK]",
    "[PAD][UNK][CLS][SEP][MASK]", "[unused1] [unused 1]", "[[MASK]]", "##ing hello ##s", "# # ## ###", "a#b##c",
    "\ufffd z \ufffdz", "ﬁne ﬂat ² ½ Ⅷ ㎏", "ｱｲｳ Ａｂｃ １２", "a\u0323\u0301 a\u0301\u0323 \u00e1\u0323 \u1ea5\u0323",
    "\u0344 \u0958 \u2126 \u212b \uf900 \ufa10 \U0002f800", "नमस्ते मन", "שלום אב", "السلام ال\u064b", "ไทย ສະບາຍ",
    "𐐀𐐨 DESERET", "\u166d \U000111c9 \u2e52", "$+<=>^`|~ %&*", "...---...", "“quoted” ‘text’ «fr» …", "10,000.50 2024-01-02 x2y",
    "  leading and trailing  ", "tab\tnew\nline\rret", "\ue000 private \U000f0000 use \U0010ffff", "\u0600\u06dd\u070f\u180e\u08e2\u0890",
    "\u302e\u302f a\u302e\u0301 \U0001d165 \U0001d15e", "A" * 3 + "\u0300" * 40, "e" + "\u0301\u0323\u0334\u0345" * 5,
    "cafe. \u0327c \u0327", "\U0002b820 \U0002b91f \U0002b920 \U0002ceb0", "hello\u0000", "\u0000", "\u0301", "\u0301a", "a \u0301 b",
    "http://example.org/a?b=c&d=e#f", "user_name@host.example", "C++ and C# or F#", "1/2 3:4 5%", "emoji❤️and text☺",
    "ａ\u3099 が か゛", "ǅ ǆ Ǆ", "Ꭰ Ꮿ ꭰ", "Ა ა", "\U0001e900 \U0001e922", "Ɥ Ჱ ꟊ", "K Å ℃", "the"*40,
]

TEMPLATES = ["hello world", "the small house", "walking", "你好 世界", "café", "[MASK] of", "un", "... !"]


def random_strings(count):
    """Words of the vocabulary and single scalars of many blocks in any mixture."""
    rng = random.Random(SEED)
    blocks = [(0x20, 0x7E)] * 6 + [
        (0x00, 0x1F), (0x80, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x6FF),
        (0x900, 0x97F), (0xAC00, 0xD7A3), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x3040, 0x30FF),
        (0x4E00, 0x4FFF), (0xF900, 0xFAFF), (0xFE00, 0xFFFD), (0x1F300, 0x1F6FF), (0x1D100, 0x1D200), (0x20000, 0x20FFF)]
    words = [w.removeprefix("##") for w in WORDS]
    result = []
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 14)):
            kind = rng.random()
            if kind < 0.4:
                parts.append(rng.choice(words))
            elif kind < 0.6:
                parts.append(" ")
            elif kind < 0.65:
                parts.append(rng.choice(SPECIALS))
            else:
                parts.append(chr(rng.randint(*rng.choice(blocks))))
        result.append("".join(parts))
    return result


def flat(encoding):
    """One row, offsets as alternating starts and ends, -1 for none."""
    number = lambda values: [-1 if v is None else v for v in values]
    return {
        "ids": encoding.ids, "types": encoding.type_ids, "tokens": encoding.tokens,
        "offsets": [n for pair in encoding.offsets for n in pair], "words": number(encoding.word_ids),
        "sequences": number(encoding.sequence_ids), "special": encoding.special_tokens_mask,
        "attention": encoding.attention_mask,
    }


def short(encoding):
    """One row with a digest in place of everything but the ids."""
    row = flat(encoding)
    tokens = [byte for token in row.pop("tokens") for byte in token.encode() + b"\n"]
    ids = row.pop("ids")
    return {"ids": ids, "digest": digest(tokens + [n + 1 for values in row.values() for n in values])}


def encode(tokenizer, texts, pairs=None, **options):
    """A batch and what it becomes, or the error it raises."""
    case = {"texts": texts, "pairs": pairs, "options": options}
    batch = tokenizer(texts, pairs, return_special_tokens_mask=True, return_length=True, **options)
    case["names"] = list(batch.keys())
    case["rows"] = [short(e) for e in batch.encodings]
    if "overflow_to_sample_mapping" in batch:
        case["samples"] = batch["overflow_to_sample_mapping"]
    return case


def encodings(tokenizer):
    cases = []
    for text in STRINGS + random_strings(160):
        encoding = tokenizer(text)
        row = flat(encoding.encodings[0])
        cases.append({
            "text": text, "row": row, "tokenize": tokenizer.tokenize(text),
            "decoded": tokenizer.decode(row["ids"]),
            "plain": tokenizer.decode(row["ids"], skip_special_tokens=True, clean_up_tokenization_spaces=True),
        })
    return {"about": ABOUT, "cases": cases}


def truncation(tokenizer):
    texts = ["hello world the small house walking", "a", "", "you can walk in the green garden, he said."]
    pairs = ["the river is blue", "unplayable words and data, not text", "hi there", "你好 世界 中文"]
    cases = []
    for strategy in [True, False, "longest_first", "only_first", "only_second"]:
        for length in [3, 4, 5, 8, 13]:
            for stride in [0, 2]:
                for overflow in [False, True]:
                    for second in [None, pairs]:
                        options = dict(truncation=strategy, max_length=length, stride=stride)
                        if overflow:
                            options["return_overflowing_tokens"] = True
                        try:
                            cases.append(encode(tokenizer, texts[::3], second and second[::3], **options))
                        except BaseException as error:
                            cases.append({"texts": texts[::3], "pairs": second and second[::3], "options": options,
                                          "error": type(error).__name__})
    for options in [
        {}, {"max_length": 6}, {"padding": True}, {"padding": "longest", "max_length": 4}, {"padding": "max_length", "max_length": 12},
        {"padding": "max_length"}, {"padding": True, "truncation": True, "max_length": 8},
        {"padding": True, "pad_to_multiple_of": 8}, {"padding": "max_length", "max_length": 9, "pad_to_multiple_of": 4},
        {"padding": "max_length", "max_length": 5}, {"padding": True, "padding_side": "left"},
        {"padding": "max_length", "max_length": 12, "padding_side": "left", "truncation": "only_first"},
        {"add_special_tokens": False}, {"add_special_tokens": False, "max_length": 3}, {"add_special_tokens": False, "max_length": 3, "stride": 1, "return_overflowing_tokens": True},
        {"padding": True, "truncation": True, "max_length": 7, "stride": 2, "return_overflowing_tokens": True},
        {"return_token_type_ids": False}, {"return_attention_mask": False, "return_token_type_ids": True},
        {"padding": True, "truncation": True, "max_length": 9, "pad_to_multiple_of": 4}, {"truncation": True},
        {"padding": "max_length", "max_length": 8, "truncation": False},
    ]:
        for second in [None, pairs]:
            try:
                cases.append(encode(tokenizer, texts, second, **options))
            except BaseException as error:
                cases.append({"texts": texts, "pairs": second, "options": options, "error": type(error).__name__})
    return {"about": ABOUT, "cases": cases}


def words(tokenizer):
    """Texts that come in words."""
    batch = [["Hello", "wörld,", "don't"], ["walking"], [], ["", " ", "a b", "[MASK]", "\u4f60\u597d"], ["e\u0301", "x" * 101]]
    result = tokenizer(batch, is_split_into_words=True)
    return {"about": ABOUT, "texts": batch, "rows": [flat(e) for e in result.encodings]}


def padding(tokenizer, left):
    """What `pad` makes of rows that were encoded before."""
    ids = [[6, 236, 7], [6, 7], [6, 236, 237, 12, 7]]
    rows = {"label": [1, 0, 1], "input_ids": ids, "token_type_ids": [[0] * len(r) for r in ids]}
    masked = {**rows, "special_tokens_mask": [[1] + [0] * (len(r) - 2) + [1] for r in ids], "attention_mask": [[1] * len(r) for r in ids]}
    cases = []
    for side, which in [("right", tokenizer), ("left", left)]:
        for features in [rows, masked, {"input_ids": ids}]:
            for options in [{}, {"padding": "longest", "pad_to_multiple_of": 4}, {"padding": "max_length", "max_length": 7},
                            {"padding": "max_length", "max_length": 4}, {"padding": False}, {"padding": "max_length", "max_length": 5, "pad_to_multiple_of": 8},
                            {"padding": True, "max_length": 9}, {"padding": True, "padding_side": "left"}]:
                result = which.pad({k: [list(v) if isinstance(v, list) else v for v in column] for k, column in features.items()}, **options)
                cases.append({"side": side, "features": features, "options": options, "result": dict(result)})
    return {"about": ABOUT, "cases": cases}


def without_vocabulary(file):
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    document["model"]["vocab"] = {}
    return document


def bert_files(**changes):
    """A pipeline file as `tiny-bert` has it, with members replaced; the vocabulary is left out."""
    return {**without_vocabulary(OUT / "tiny-bert/tokenizer.json"), **changes}


def changes(document):
    """The members in which a pipeline file differs from `tiny-bert`'s."""
    base = bert_files()
    return {key: value for key, value in document.items() if value != base[key]}


def added(content, identifier, **flags):
    base = dict(id=identifier, content=content, single_word=False, lstrip=False, rstrip=False, normalized=True, special=False)
    return {**base, **flags}


def variants(size):
    """Configuration files by name: what a user could find in a checkpoint."""
    fast = {"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "[UNK]", "pad_token": "[PAD]", "model_max_length": 32}
    bert = {"tokenizer_class": "BertTokenizer"}
    base_tokens = bert_files()["added_tokens"]
    bert_processing = {"type": "BertProcessing", "sep": ["[SEP]", 7], "cls": ["[CLS]", 6]}
    yield "cased", bert | {"do_lower_case": False}, bert_files(), {}
    yield "keeps accents", bert | {"strip_accents": False, "tokenize_chinese_chars": False}, bert_files(), {}
    yield "cased without accents", bert | {"do_lower_case": False, "strip_accents": True}, bert_files(), {}
    yield "vocabulary file", bert | {"model_max_length": 64}, None, {}
    yield "model type only", None, None, {"config.json": {"model_type": "bert"}}
    yield "distilbert", {"tokenizer_class": "DistilBertTokenizer", "clean_up_tokenization_spaces": True}, bert_files(), {}
    yield "electra by model type", None, bert_files(), {"config.json": {"model_type": "electra"}}
    yield "convbert", {"tokenizer_class": "ConvBertTokenizer"}, bert_files(normalizer={"type": "Lowercase"}), {}
    yield "class ignores the file", {"tokenizer_class": "BertTokenizerFast"}, bert_files(normalizer=None, pre_tokenizer=None, decoder=None), {}
    yield "left", bert | {"padding_side": "left", "truncation_side": "left", "model_input_names": ["input_ids", "attention_mask"]}, bert_files(), {}
    yield "truncation and padding in the file", bert, bert_files(
        truncation={"direction": "Left", "max_length": 6, "strategy": "OnlyFirst", "stride": 1},
        padding={"strategy": {"Fixed": 9}, "direction": "Left", "pad_to_multiple_of": 2, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"}), {}
    yield "legacy files", bert, bert_files(added_tokens=[]), {
        "special_tokens_map.json": {"mask_token": {"content": "[MASK]", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False},
                                    "sep_token": "[SEP]", "additional_special_tokens": ["<extra>"]},
        "added_tokens.json": {"<ent>": size, "<extra>": size + 1}}
    yield "tokens in the configuration", bert | {
        "added_tokens_decoder": {"0": {"content": "[PAD]", "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True},
                                 str(size): {"content": "<new>", "lstrip": True, "normalized": True, "rstrip": True, "single_word": False, "special": False}},
        "mask_token": {"__type": "AddedToken", "content": "<m>", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False, "special": True},
        "additional_special_tokens": ["<a>"], "image_token": "<image>"}, bert_files(), {}
    yield "no limits", bert | {"model_max_length": 1000000000000000019884624838656, "extra_special_tokens": []}, bert_files(), {}
    yield "verbatim", fast, bert_files(), {}
    yield "BertProcessing", fast, bert_files(post_processor=bert_processing), {}
    yield "nothing but a model", fast, bert_files(normalizer=None, pre_tokenizer=None, post_processor=None, decoder=None), {}
    yield "no configuration", None, bert_files(), {}
    yield "added tokens", fast, bert_files(added_tokens=base_tokens + [
        added("<ent>", size, lstrip=True, rstrip=True, normalized=False), added("Foo", size + 1),
        added("bar", size + 2, single_word=True, normalized=False), added("<e1>", size + 3, normalized=False),
        added("<e12>", size + 4, normalized=False, special=True), added("Été", size + 5),
        added("l ", size + 6, normalized=False), added("<r>", size + 7, rstrip=True, normalized=False),
        added("<l>", size + 8, lstrip=True, normalized=True), added("walking", size + 9, single_word=True)]), {}
    sequence = lambda *members: {"type": "Sequence", "normalizers": list(members)}
    for name, normalizer in [
        ("NFC", {"type": "NFC"}), ("NFD", {"type": "NFD"}), ("Lowercase", {"type": "Lowercase"}), ("StripAccents", {"type": "StripAccents"}),
        ("Strip", {"type": "Strip", "strip_left": True, "strip_right": True}), ("Strip left", {"type": "Strip", "strip_left": True, "strip_right": False}),
        ("Replace", {"type": "Replace", "pattern": {"String": "ll"}, "content": "你好"}), ("Replace by nothing", {"type": "Replace", "pattern": {"String": "é"}, "content": ""}),
        ("NFD StripAccents Lowercase", sequence({"type": "NFD"}, {"type": "StripAccents"}, {"type": "Lowercase"})),
        ("Lowercase NFC", sequence({"type": "Lowercase"}, {"type": "NFC"})), ("NFD NFC", sequence({"type": "NFD"}, {"type": "NFC"})),
    ]:
        yield f"normalizer {name}", fast, bert_files(normalizer=normalizer), {}
    behaviors = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
    for name, pre_tokenizer in [("Whitespace", {"type": "Whitespace"}), ("WhitespaceSplit", {"type": "WhitespaceSplit"})] + [
        (f"Punctuation {b}", {"type": "Punctuation", "behavior": b}) for b in behaviors] + [
        ("Sequence", {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Punctuation", "behavior": "Contiguous"}]})]:
        yield f"pre-tokenizer {name}", fast, bert_files(pre_tokenizer=pre_tokenizer), {}
    limits = {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "", "max_input_chars_per_word": 5, "vocab": {}}
    yield "model options", fast, bert_files(model=limits), {}


def variant(name, configuration, pipeline, others, vocab):
    files = {"tokenizer_config.json": configuration, "tokenizer.json": pipeline, **others}
    files = {k: v for k, v in files.items() if v is not None}
    with tempfile.TemporaryDirectory() as folder:
        for file, content in files.items():
            if file == "tokenizer.json":
                content = {**content, "model": {**content["model"], "vocab": vocab}}
            Path(folder, file).write_text(json.dumps(content), encoding="utf-8")
        if pipeline is None:
            shutil.copy(OUT / "tiny-bert/vocab.txt", folder)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        saved = Path(folder, "saved")
        tokenizer.save_pretrained(saved)
        document = without_vocabulary(saved / "tokenizer.json")
        saved_configuration = (saved / "tokenizer_config.json").read_text(encoding="utf-8")
    rng = random.Random(name)
    texts = rng.sample(STRINGS, 8) + rng.sample(random_strings(400), 6) + [
        "the-final--countdown, -- x -", "-a-", "Hello, (world)! ...", "  <ent>  hello<ent> <ent>x",
        "Foo foo FOO f\u00f4o Food bar bars _bar bar_ barbar", "<e12><e1>2 all in l <r>  x <l> y  <l>", "ÉTÉ été e\u0301te\u0301 et",
        "Walking walking, walkings <new> <extra> <a> <image> <m> [MASK]  x", "llll hell\u0301o", "é e\u0301 \u1e9b\u0323 \u1e69",
        "\u1100\u1161\u11a8\u11a8 각\u11a8 가\u11a7", "\u0915\u093c \u0958 \u0f73 \u0344", "\u1e0b\u0323 d\u0323\u0307 \u1e0d\u0307 a\u0328\u0301\u0300"]
    case = {
        "name": name, "files": {k: changes(v) if k == "tokenizer.json" else v for k, v in files.items()},
        "configuration": saved_configuration, "pipeline": changes(document),
        "texts": texts, "rows": [], "decoded": [], "count": len(tokenizer), "vocabulary": tokenizer.vocab_size,
        "special": tokenizer.all_special_tokens, "special_ids": tokenizer.all_special_ids, "names": tokenizer.model_input_names,
    }
    for text in texts:
        encoding = tokenizer(text).encodings[0]
        case["rows"].append(short(encoding))
        case["decoded"].append(tokenizer.decode(encoding.ids, skip_special_tokens=True))
    pairs = encode(tokenizer, ["hello world", "a"], ["the river", "walking in the garden"], padding="pad" in name or "left" == name)
    overflow = encode(
        tokenizer, ["hello world the river"], ["the river is blue"], truncation=True, max_length=6, return_overflowing_tokens=True, add_special_tokens=False)
    case["batches"] = [pairs, overflow]
    return case


def digest(numbers):
    """A checksum that Swift computes in the same way."""
    value = 0xCBF29CE484222325
    for number in numbers:
        value = ((value ^ number) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def unicode_digests():
    from tokenizers import normalizers, pre_tokenizers

    scalars = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    bert = lambda **on: normalizers.BertNormalizer(**{**off, **on}).normalize_str
    pieces = lambda pre_tokenizer, text: [p for p, _ in pre_tokenizer.pre_tokenize_str(text)]
    tests = {
        "control": lambda c, f=bert(clean_text=True): f(c) == "",
        "whitespace": lambda c, p=pre_tokenizers.WhitespaceSplit(): len(pieces(p, f"a{c}b")) == 2,
        "ideograph": lambda c, f=bert(handle_chinese_chars=True): f(c) != c,
        "nonspacingMark": lambda c, f=bert(strip_accents=True): f(c) == "",
        "combiningMark": lambda c, f=normalizers.StripAccents().normalize_str: f(c) == "",
        "punctuation": lambda c, p=pre_tokenizers.BertPreTokenizer(): len(pieces(p, f"a{c}b")) == 3,
        "word": lambda c, p=pre_tokenizers.Whitespace(): len(pieces(p, f"a{c}b")) == 1,
    }
    sets = {name: [c for c in scalars if test(chr(c))] for name, test in tests.items()}
    result = {"about": ABOUT, "sets": {k: {"count": len(v), "digest": digest(v)} for k, v in sets.items()}, "mappings": {}}
    for name, normalizer in [("lowercase", normalizers.Lowercase()), ("decomposition", normalizers.NFD())]:
        images = [ord(d) for c in scalars for d in normalizer.normalize_str(chr(c))]
        result["mappings"][name] = {"count": len(images), "digest": digest(images)}
    return result


def write(name, content):
    text = json.dumps(content, separators=(",", ":"))
    (OUT / name).write_text(text + "\n", encoding="utf-8")


def main():
    folder = OUT / "tiny-bert"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    vocab = {token: number for number, token in enumerate(vocabulary())}
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "vocab.txt")
        file.write_text("\n".join(vocab) + "\n", encoding="utf-8")
        Path(scratch, "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer", "model_max_length": 512}')
        AutoTokenizer.from_pretrained(scratch).save_pretrained(folder)
        shutil.copy(file, folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    assert isinstance(tokenizer, BertTokenizer)
    write("encodings.json", encodings(tokenizer))
    write("truncation.json", truncation(tokenizer))
    write("words.json", words(tokenizer))
    write("padding.json", padding(tokenizer, AutoTokenizer.from_pretrained(folder, padding_side="left")))
    write("variants.json", {"about": ABOUT, "cases": [variant(*v, vocab) for v in variants(len(vocab))]})
    write("unicode.json", unicode_digests())
    print({f.name: f.stat().st_size for f in sorted(OUT.rglob("*")) if f.is_file()}, unicodedata.unidata_version)


if __name__ == "__main__":
    main()
