#!/usr/bin/env python3
"""Golden data for TuneDatasetsTests: small files of our own and what Python's datasets makes of them.

Run with a Python that has datasets 5.2, pyarrow 26 and numpy:

    HF_HUB_OFFLINE=1 python Tools/goldens/dataset.py

The files go to Tests/TuneDatasetsTests/Fixtures/files, the expectations to datasets.json beside it.
Python reads CSV text as large_string; expectations say string, as the Swift package does.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import datasets
import numpy
import pyarrow as pa
import pyarrow.parquet as pq
from datasets import ClassLabel, Dataset, DatasetDict, Features, List, Value

datasets.disable_progress_bars()

ROOT = Path(__file__).resolve().parents[2] / "Tests" / "TuneDatasetsTests" / "Fixtures"
FILES = ROOT / "files"

ROWS = [
    {"text": "The kettle sings before the rain.", "stars": 4, "score": 0.5, "good": True},
    {"text": "Nobody read the manual twice.", "stars": 2, "score": 1.25, "good": False},
    {"text": "It's a \"fine\" day, said the owl.", "stars": 5, "score": -3.0, "good": True},
    {"text": "Über den Wolken: 雲 and 🙂.", "stars": 3, "score": 1e-7, "good": False},
    {"text": "Seven boats left; six came back.", "stars": 1, "score": 2.0, "good": True},
    {"text": "Tabs\tand\nbreaks stay inside.", "stars": 4, "score": 1e20, "good": False},
]


def write(name, text):
    path = FILES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text, bytes):
        path.write_bytes(text)
    else:
        path.write_text(text, encoding="utf-8", newline="")


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_files():
    write("reviews.jsonl", lines(ROWS))
    write("reviews.json", json.dumps(ROWS, indent=1, ensure_ascii=False))
    write("document.json", json.dumps({"version": 2, "rows": ROWS[:3]}))
    write("columns.json", json.dumps({"rows": {"a": [1, 2], "b": ["x", "y"]}}))
    write("pretty.json", '{\n "a": 1,\n "b": [1,\n 2]\n}\n')
    write("texts.json", '["one", "two"]')
    write("gaps.jsonl", '{"a":1,"s":"x"}\n\n{"a":2.5}\n{"s":null,"t":[1,2]}\n')
    write("mixed.jsonl", '{"a":1,"k":{"p":1}}\n{"a":"b","k":{"q":2}}\n{"a":null,"k":{"p":null}}\n')
    write("nested.jsonl", '{"n":{"z":1,"a":"u"},"l":[{"c":1.5}],"m":[[1],[2,3]],"e":[]}\n'
          '{"n":{"z":2,"a":null},"l":[],"m":[],"e":[]}\n')
    write("nulls.jsonl", '{"n":{"z":1},"i":[1,null],"s":null}\n{"n":null,"i":null,"s":null}\n')
    write("reviews.csv", 'text,stars,score,good,day\n"A, ""quoted"" cell",4,0.5,True,2024-01-01\n'
          'plain,2,1.25,False,2024-01-02\n"two\nlines",5,inf,True,\n\nlast,-3,2e3,False,2024-02-30\n')
    write("missing.csv", "a,b,c,d,e\n1,x,1.5,True,NA\n,NA,nan,,\n3,<NA>,,False,None\n4,007,2,True,null\n")
    write("numbers.csv", "a,b,c,d\n1, x,007,1_000\n+2,y ,010,0x10\n 3 ,z,-0,1e5\n")
    write("heads.csv", "\ufeffa,a,\r\n1,2,3\r\n4,5\r\n")
    write("tabs.tsv", "a\tb\n1\tone two\n")
    write("labels.csv", "text,label\nfine,pos\npoor,neg\n")
    write("numbered.csv", "text,label\n007,1\n010,0\n")
    write("broken.csv", "a,b\n1,2\n1,2,3\n")
    write("open.csv", 'a,b\n1,"x\n')
    write("empty.csv", "")
    write("header.csv", "a,b\n")
    write("latin.csv", b"a,b\n1,\xff\n")
    write("empty.jsonl", "")
    write("broken.jsonl", '{"x":1}\n{"x":\n')
    write("broken.json", '[{"a": 1},')
    write("scalar.json", "5")
    write("broken.parquet", "not parquet")
    write("empty.parquet", "")
    write_parquet()
    write_repositories()


def write_parquet():
    features = Features({
        "text": Value("string"), "label": ClassLabel(names=["neg", "pos"]), "idx": Value("int32"),
        "ids": List(Value("int32")), "pair": {"z": Value("float32"), "a": List(Value("string"))},
    })
    rows = {
        "text": [row["text"] for row in ROWS], "label": [0, 1, 1, 0, 1, 0], "idx": list(range(6)),
        "ids": [[1, 2], [], [3], [4, 5, 6], [7], [8]],
        "pair": [{"z": 0.1 * i, "a": ["q"] * (i % 3)} for i in range(6)],
    }
    Dataset.from_dict(rows, features=features).to_parquet(FILES / "labelled.parquet")
    table = pa.table({
        "small": pa.array([1, None, 3], pa.int8()), "word": pa.array(["a", "b", "a"]).dictionary_encode(),
        "big": pa.array(["x", None, "y"], pa.large_string()),
        "fixed": pa.array([[1, 2], [3, 4], [5, 6]], pa.list_(pa.int32(), 2)),
        "single": pa.array([1.5, 0.1, None], pa.float32()), "flag": pa.array([True, None, False]),
        "large": pa.array([[1.5], None, []], pa.large_list(pa.float64())),
    })
    pq.write_table(table, FILES / "plain.parquet", row_group_size=2)
    pq.write_table(pa.table({"when": pa.array([0, 86400000000], pa.timestamp("us"))}),
                   FILES / "times.parquet")
    pq.write_table(pa.table({"m": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64()))}),
                   FILES / "map.parquet")


CARD = """---
language: en
configs:
- config_name: stars
  data_files:
  - split: train
    path: stars/train-*
  - split: test
    path: [stars/test.csv]
- config_name: tabs
  data_files: tabs/*.txt.csv
  sep: "\\t"
dataset_info:
- config_name: stars
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': bad
          '1': good
  - name: rank
    dtype: int32
  splits:
  - name: train
    num_bytes: 90
    num_examples: 3
  - name: test
    num_bytes: 30
    num_examples: 1
---
# A dataset of our own
"""


def write_repositories():
    write("repository/README.md", CARD)
    write("repository/stars/train-0.csv", "text,label,rank\nOne fine morning.,good,1\nRain again.,bad,2\n")
    write("repository/stars/train-1.csv", "text,label,rank\nThe cake was late.,bad,3\n")
    write("repository/stars/test.csv", "text,label,rank\nWell done.,1,4\n")
    write("repository/tabs/a.txt.csv", "a\tb\n1\tone\n")
    write("splits/train.jsonl", lines(ROWS[:3]))
    write("splits/validation.jsonl", lines(ROWS[3:5]))
    write("splits/test.jsonl", lines(ROWS[5:]))
    write("splits/NOTES.md", "not data\n")
    write("splits/.hidden.jsonl", lines(ROWS[:1]))
    write("splits/__old__/train.jsonl", lines(ROWS[:1]))
    write("shards/data/zeta-00000-of-00001.csv", "a\n9\n")
    write("shards/data/train-00000-of-00002.csv", "a\n1\n")
    write("shards/data/train-00001-of-00002.csv", "a\n2\n")
    write("shards/data/test-00000-of-00001.csv", "a\n3\n")
    write("folders/training/x.csv", "a\n1\n")
    write("folders/dev/y.csv", "a\n2\n")
    write("words/my_train_v2.csv", "a\n1\n")
    write("words/contest.csv", "a\n2\n")
    write("words/test2.csv", "a\n3\n")
    write("single/rows.csv", "a,b\n1,2\n")
    write("default/README.md", "---\nconfigs:\n- config_name: one\n  data_files: '[ab].csv'\n"
          "- config_name: two\n  data_dir: sub\n  default: true\n---\n")
    write("default/a.csv", "a\n1\n")
    write("default/b.csv", "a\n2\n")
    write("default/sub/rows.csv", "b\nx\n")
    write("promise/README.md", "---\ndataset_info:\n  splits:\n  - name: train\n    num_examples: 7\n    num_bytes: 9\n---\n")
    write("promise/rows.csv", "a\n1\n")
    write("unreadable/README.md", "---\nconfigs: [oops\n---\n")
    write("unreadable/rows.csv", "a\n1\n")
    write("several/README.md", "---\nconfigs:\n- config_name: c1\n  data_files: a.csv\n  default: true\n"
          "- config_name: c2\n  data_files: a.csv\n  default: true\n---\n")
    write("several/a.csv", "a\n1\n")
    write("uneven/a.csv", "a\n1\n")
    write("uneven/b.csv", "b\n1\n")
    write("nothing/notes.txt.bak", "no data\n")


LOADS = [
    ["json", {"data_files": "reviews.jsonl"}], ["json", {"data_files": "reviews.json"}],
    ["json", {"data_files": "document.json", "field": "rows"}],
    ["json", {"data_files": "columns.json", "field": "rows"}],
    ["json", {"data_files": "document.json"}],
    ["json", {"data_files": "pretty.json"}], ["json", {"data_files": "texts.json"}],
    ["json", {"data_files": "gaps.jsonl"}], ["json", {"data_files": "mixed.jsonl"}],
    ["json", {"data_files": "nested.jsonl"}], ["json", {"data_files": "nulls.jsonl"}],
    ["csv", {"data_files": "reviews.csv"}], ["csv", {"data_files": "missing.csv"}],
    ["csv", {"data_files": "numbers.csv"}], ["csv", {"data_files": "heads.csv"}],
    ["parquet", {"data_files": "labelled.parquet"}], ["parquet", {"data_files": "plain.parquet"}],
    ["json", {"data_files": {"train": ["reviews.jsonl", "reviews.json"], "dev": ["reviews.jsonl"]}}],
    ["repository", {"name": "stars"}], ["repository", {"name": "tabs"}], ["splits", {}],
    ["shards", {}], ["folders", {}], ["words", {}], ["single", {}], ["default", {}],
    ["default", {"name": "one"}],
]


def loads(cache):
    os.chdir(FILES)
    cases = []
    for path, arguments in LOADS:
        loaded = datasets.load_dataset(path if path in ("json", "csv", "parquet") else str(FILES / path),
                                       cache_dir=cache, **arguments)
        cases.append({
            "path": path, **arguments, "printed": repr(loaded),
            "splits": {
                name: {"features": plain(repr(split.features), path), "rows": [repr(row) for row in split],
                       "columns": [repr(split[column]) for column in split.column_names]}
                for name, split in loaded.items()
            },
        })
    return cases


def plain(text, path):
    return text if path == "parquet" else text.replace("large_string", "string")


def splits():
    expressions = ["train", "train[:10%]", "train[10:20]", "train[-10:]", "train[:33%]", "train[33%:66%]",
                   "train[-15%:]", "train[:-1]", "train[5:3]", "train[99%:]", "train[:150]", "train[2:]",
                   "train[:33%](pct1_dropremainder)", "train[33%:66%](pct1_dropremainder)", "train[:5%]"]
    cases = []
    for count in (1, 7, 50, 130, 3668):
        for expression in expressions:
            try:
                part = datasets.ReadInstruction.from_spec(expression).to_absolute({"train": count})[0]
                cases.append([expression, count, part.from_, max(part.from_, part.to)])
            except ValueError:
                cases.append([expression, count, -1, -1])
    return cases


def shuffles():
    return [[str(seed), count, numpy.random.default_rng(seed).permutation(count).tolist()]
            for seed in (0, 1, 42, 123456789, 2**32 - 1, 2**32, 2**63 + 5) for count in (1, 2, 3, 10, 100)]


def train_tests():
    cases = []
    for count, arguments in [(10, {"test_size": 0.2}), (10, {"test_size": 3}), (7, {}), (9, {"train_size": 0.5}),
                             (9, {"test_size": 2, "train_size": 4}), (11, {"test_size": 0.3, "shuffle": False})]:
        parts = Dataset.from_dict({"x": list(range(count))}).train_test_split(seed=7, **arguments)
        cases.append({"count": count, **arguments, "train": parts["train"]["x"][:], "test": parts["test"]["x"][:]})
    return cases


def small():
    return Dataset.from_dict({"x": [1, 2, 3], "s": ["a", "b", "c"], "l": [[1], [2], [3]]})


def maps():
    batched = lambda dataset, result, **more: dataset.map(lambda batch: result, batched=True, **more)
    classes = small().cast_column("x", ClassLabel(names=["no", "yes", "two", "three"]))
    results = {
        "replaceWithText": batched(small(), {"x": ["p", "q", "r"]}),
        "replaceWithDigits": batched(small(), {"x": ["1", "2", "3"]}),
        "replaceTextWithInts": batched(small(), {"s": [1, 2, 3]}),
        "replaceWithWholeDoubles": batched(small(), {"x": [1.0, 2.0, 3.0]}),
        "replaceWithDoubles": batched(small(), {"x": [1.5, 2.0, 3.0]}),
        "replaceListWithDoubles": batched(small(), {"l": [[1.5], [1.0], []]}),
        "replaceWithNulls": batched(small(), {"x": [None, None, None]}),
        "encodings": batched(small(), {"input_ids": [[300], [1, 2], []], "attention_mask": [[1], [1, 1], []],
                                       "token_type_ids": [[0], [0, 0], []], "labels": [1, 0, 1], "f": [0.5, 1, 2]}),
        "wideMask": batched(small(), {"input_ids": [1, 2, 3], "attention_mask": [[300], [1], []]}),
        "removedAndReturned": batched(small(), {"z": [1, 2, 3], "s": ["q", "r", "t"], "a": [0, 0, 0]},
                                      remove_columns=["s"]),
        "shorter": batched(small(), {"z": [1, 2]}, remove_columns=["x", "s", "l"]),
        "structures": batched(small(), {"z": [{"a": 1, "b": "u"}] * 3}),
        "rows": small().map(lambda row: {"y": row["x"] * 2, "s": row["s"] + "!"}),
        "rowsWithNull": small().map(lambda row: {"z": None if row["x"] < 2 else row["x"]}),
        "rowsWithDoubles": small().map(lambda row: {"z": row["x"] * 1.5 if row["x"] > 1 else 1}),
        "classByNumber": classes.map(lambda row: {"x": 0}),
        "classByName": classes.map(lambda row: {"x": "yes"}),
    }
    return {name: {"features": repr(result.features), "rows": [repr(row) for row in result]}
            for name, result in results.items()}


def printed():
    table = Dataset.from_dict({
        "x": [1, 2, 3, 4, 5, 6], "s": ["a", None, "it's", 'say "so"', "é\n", ""],
        "f": [1.5, float("nan"), None, 1e-7, 1e20, -0.0], "b": [True, False, None, True, True, False],
        "l": [[1], [2, 3], [], [4], [5], [6]], "n": [{"z": 1, "a": "u"}] * 6,
    })
    return {
        "rows": [repr(row) for row in table], "columns": [repr(table[name]) for name in table.column_names],
        "features": repr(table.features), "empty": repr(DatasetDict()),
        "kinds": repr(Features({
            "a": List(Value("int32"), length=3), "b": datasets.LargeList(Value("string")),
            "c": {"d": List(Value("int8"))}, "e": Value("timestamp[s]"), "f": ClassLabel(names=["it's", "b"]),
        })),
    }


def written():
    target = Path(tempfile.mkdtemp()) / "rows.jsonl"
    Dataset.from_dict({
        "t": ["é/\"", "\u2028\\", "🙂", "\x01", None, "\t"], "i": [1, None, 2, 3, 4, 5],
        "f": [1.0, 0.1, 1e20, None, -2.5, 0.5], "n": [{"k": 1, "a": [1.5, None]}] * 6,
        "c": [True, False, None, True, True, True],
    }).to_json(target)
    return target.read_text(encoding="utf-8")


def main():
    if FILES.exists():
        shutil.rmtree(FILES)
    write_files()
    with tempfile.TemporaryDirectory() as cache:
        golden = {
            "versions": {"datasets": datasets.__version__, "pyarrow": pa.__version__,
                         "numpy": numpy.__version__, "python": sys.version.split()[0]},
            "tolerance": 0, "loads": loads(cache), "splits": splits(), "shuffles": shuffles(),
            "trainTests": train_tests(), "maps": maps(), "printed": printed(), "jsonLines": written(),
        }
    text = json.dumps(golden, indent=1, ensure_ascii=True)
    (ROOT / "datasets.json").write_text(text + "\n", encoding="utf-8")


main()
