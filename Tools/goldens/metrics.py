"""Golden scores for TuneMetrics, from Python's evaluate, scikit-learn and SciPy.

    python Tools/goldens/metrics.py   # rewrites Tests/TuneMetricsTests/Fixtures/metrics.json

`evaluate.load` fetches a script for each metric, so it needs the network. Here the modules are
declared on the spot: evaluate stores and converts the examples as always, and each formula calls
the scikit-learn or SciPy function that the fetched script calls.
"""

import json
import math
import pathlib
import platform
import warnings

import datasets
import evaluate
import numpy as np
import scipy
import sklearn
from scipy.stats import pearsonr, spearmanr
from sklearn import metrics as sk

SEED = 20240607
TARGET = pathlib.Path(__file__).parents[2] / "Tests/TuneMetricsTests/Fixtures/metrics.json"


def module(kind, formula, as_numpy=False):
    """An evaluate module with typed inputs and the given formula."""

    class Declared(evaluate.Metric):
        def _info(self):
            column = datasets.Value(kind)
            return evaluate.MetricInfo(
                description="",
                citation="",
                inputs_description="",
                features=datasets.Features({"predictions": column, "references": column}),
                reference_urls=[],
                format="numpy" if as_numpy else None,
            )

        def _compute(self, predictions, references, **options):
            return formula(predictions, references, **options)

    return Declared(keep_in_memory=True)


def label_score(name, function):
    def formula(predictions, references, **options):
        score = np.asarray(function(references, predictions, **options))
        return {name: float(score.item()) if score.size == 1 else score.tolist()}

    return formula


def mean_squared(predictions, references, squared=True, **options):
    function = sk.mean_squared_error if squared else sk.root_mean_squared_error
    return {"mse": float(function(references, predictions, **options))}


def glue_similarity(predictions, references):
    return {
        "pearson": float(pearsonr(predictions, references)[0]),
        "spearmanr": float(spearmanr(predictions, references)[0]),
    }


def glue_accuracy(predictions, references):
    return {"accuracy": float((predictions == references).mean())}


def glue_paraphrase(predictions, references):
    f1 = float(sk.f1_score(y_true=references, y_pred=predictions))
    return {**glue_accuracy(predictions, references), "f1": f1}


def matthews(predictions, references, **options):
    return {
        "matthews_correlation": float(sk.matthews_corrcoef(references, predictions, **options))
    }


def make(name, config):
    if name == "glue":
        formula = {"cola": matthews, "stsb": glue_similarity, "mrpc": glue_paraphrase,
                   "qqp": glue_paraphrase}.get(config, glue_accuracy)
        return module("float32" if config == "stsb" else "int64", formula, as_numpy=True)
    formulas = {
        "accuracy": ("int32", lambda p, r, **o: {"accuracy": float(sk.accuracy_score(r, p, **o))}),
        "f1": ("int32", label_score("f1", sk.f1_score)),
        "precision": ("int32", label_score("precision", sk.precision_score)),
        "recall": ("int32", label_score("recall", sk.recall_score)),
        "matthews_correlation": ("int32", matthews),
        "pearsonr": ("float32", lambda p, r: {"pearsonr": float(pearsonr(r, p)[0])}),
        "spearmanr": ("float32", lambda p, r: {"spearmanr": float(spearmanr(r, p)[0])}),
        "mse": ("float32", mean_squared),
        "mae": ("float32",
                lambda p, r, **o: {"mae": float(sk.mean_absolute_error(r, p, **o))}),
    }
    return module(*formulas[name])


KNOWN_WARNINGS = ("UndefinedMetricWarning", "ConstantInputWarning", "NearConstantInputWarning")


def case(name, predictions, references, config=None, **options):
    """Runs one computation and records its scores, its warnings or its error."""
    python_options = {k: math.nan if v == "nan" else v for k, v in options.items()}
    if python_options.get("average") == "none":
        python_options["average"] = None
    record = {"metric": name, "config": config, "options": options,
              "predictions": list(predictions), "references": list(references)}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            record["expected"] = make(name, config).compute(
                predictions=predictions, references=references, **python_options)
        except ValueError as error:
            record["error"] = str(error)
    record["warnings"] = [
        f"{w.category.__name__}: {w.message}" for w in caught
        if w.category.__name__ in KNOWN_WARNINGS or "pos_label" in str(w.message)]
    record["tolerance"] = 1e-6 if config == "stsb" else 1e-12
    return record


def labels(random, count, classes, agreement=0.7):
    references = random.integers(0, classes, count)
    guesses = random.integers(0, classes, count)
    predictions = np.where(random.random(count) < agreement, references, guesses)
    return predictions.tolist(), references.tolist()


def series(random, count, noise, scale=1.0, offset=0.0):
    references = random.normal(size=count) * scale + offset
    predictions = references + random.normal(size=count) * noise * scale
    return [np.round(x, 4).tolist() for x in (predictions, references)]


def class_cases(random):
    binary, multi = labels(random, 40, 2), labels(random, 60, 5)
    weights = np.round(random.random(40) + 0.1, 3).tolist()
    yield case("accuracy", *binary)
    yield case("accuracy", *multi, normalize=False)
    yield case("accuracy", *binary, sample_weight=weights)
    yield case("accuracy", *binary, sample_weight=weights, normalize=False)
    yield case("accuracy", [0.7, 1.9, -1.5, 2.0], [0, 1, -1, 3])
    for name in ("f1", "precision", "recall"):
        yield case(name, *binary)
        yield case(name, *binary, pos_label=0)
        yield case(name, *binary, sample_weight=weights)
        yield case(name, *multi)
        for average in ("micro", "macro", "weighted", "none"):
            yield case(name, *multi, average=average)
            yield case(name, *multi, average=average, labels=[3, 1, 9])
            yield case(name, *binary, average=average, sample_weight=weights)
        yield case(name, *multi, average="none", labels=[2])
        yield case(name, *multi, average="macro", pos_label=2)
        yield case(name, [0, 0, 0], [1, 1, 0])  # no predicted positives
        yield case(name, [1, 1, 0], [0, 0, 0])  # no actual positives
        yield case(name, [0, 0, 0], [0, 0, 0])  # neither
        yield case(name, [1, 1], [1, 1])  # one class
        yield case(name, [0, 1], [0, 1], pos_label=3)
        yield case(name, [0, 0], [0, 0], pos_label=3)
        for policy in (0, 1, "nan"):
            yield case(name, [0, 0, 0, 1], [0, 1, 2, 2], average="macro", zero_division=policy)
            yield case(name, [0, 0, 0], [0, 1, 2], average="none", zero_division=policy)
            yield case(name, [0, 0], [0, 0], zero_division=policy)
        yield case(name, [0, 1, 2], [0, 1, 1], average="weighted", labels=[7, 8])
        yield case(name, [0, 1], [0, 1], sample_weight=[1.0])
    yield case("matthews_correlation", *binary)
    yield case("matthews_correlation", *multi)
    yield case("matthews_correlation", *binary, sample_weight=weights)
    yield case("matthews_correlation", [1, 1, 1], [0, 1, 0])
    yield case("matthews_correlation", [0, 0], [0, 0])
    yield case("matthews_correlation", [1, 0, 1], [0, 1, 0])


def value_cases(random):
    close, wide = series(random, 50, 0.3), series(random, 30, 1.0, scale=300.0, offset=1e4)
    ties = [np.round(x).tolist() for x in series(random, 50, 0.5, scale=2.0)]
    long = series(random, 300, 0.8, scale=2.0, offset=2.5)
    nan = math.nan
    for name, config in (("pearsonr", None), ("spearmanr", None), ("glue", "stsb")):
        for pair in (close, wide, ties, long):
            yield case(name, *pair, config=config)
        yield case(name, [1.0, 2.0, 3.0], [10.0, 20.0, 30.0], config=config)
        yield case(name, [1.0, 2.0], [7.5, 1.25], config=config)
        yield case(name, [1.0, 1.0, 1.0], [0.5, 1.0, 2.0], config=config)
        yield case(name, [0.5, 1.0, 2.0], [4, 4, 4], config=config)
        yield case(name, [0.5, nan, 2.0], [1.0, 2.0, 3.0], config=config)
        yield case(name, [nan, 0.5, 2.0], [1.0, 2.0, 3.0], config=config)
    yield case("pearsonr", [1.0], [1.0])
    yield case("spearmanr", [1.0], [1.0])
    yield case("pearsonr", [1e6, 1e6, 1e6 + 0.0625], [1, 2, 3])
    yield case("glue", [1e6, 1e6, 1e6 + 0.0625], [1, 2, 3], config="stsb")  # nearly constant
    weights = np.round(random.random(50) + 0.1, 3).tolist()
    for name in ("mse", "mae"):
        for pair in (close, wide, ties):
            yield case(name, *pair)
        yield case(name, *close, sample_weight=weights)
        yield case(name, [1, 2, 3], [1, 2, 5])
        yield case(name, [1.0, nan], [1.0, 2.0])
    yield case("mse", *close, squared=False)


def glue_cases(random):
    binary, three = labels(random, 50, 2, 0.6), labels(random, 50, 3, 0.6)
    for config in ("cola", "mrpc", "qqp", "sst2", "qnli", "rte", "wnli", "hans"):
        yield case("glue", *binary, config=config)
    for config in ("mnli", "mnli_matched", "mnli_mismatched"):
        yield case("glue", *three, config=config)
    yield case("glue", *three, config="mrpc")
    yield case("glue", *three, config="cola")
    yield case("glue", [0, 0, 0, 0], [1, 0, 1, 0], config="mrpc")
    yield case("glue", [0, 0], [0, 0], config="mrpc")
    yield case("glue", [1, 1], [0, 1], config="cola")
    yield case("glue", [1], [0, 1], config="mrpc")


def main():
    random = np.random.default_rng(SEED)
    cases = [*class_cases(random), *value_cases(random), *glue_cases(random)]
    versions = {"python": platform.python_version(), "evaluate": evaluate.__version__,
                "datasets": datasets.__version__, "scikit-learn": sklearn.__version__,
                "scipy": scipy.__version__, "numpy": np.__version__}
    head = json.dumps({"script": "Tools/goldens/metrics.py", "seed": SEED, "versions": versions})
    lines = ",\n".join(json.dumps(record) for record in cases)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(f'{head[:-1]}, "cases": [\n{lines}\n]}}\n')
    print(f"{len(cases)} cases, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
