"""Golden model cards for TuneTrainer, from Python's TrainingSummary.

    HF_HUB_OFFLINE=1 python Tools/goldens/model_card.py   # rewrites Fixtures/model_cards.json of TuneTrainerTests

For some log histories and descriptions of data, the front matter and the sections that do not depend on the
generator: text between heading and hyper-parameters, table of results.
"""

import json
import pathlib

import transformers
import yaml
from transformers.modelcard import TrainingSummary, make_markdown_table, parse_log_history

TARGET = pathlib.Path(__file__).parents[2] / "Tests/TuneTrainerTests/Fixtures/model_cards.json"


def evaluation(step, loss, **metrics):
    row = {"eval_loss": loss, **{f"eval_{name}": value for name, value in metrics.items()}}
    speed = {"eval_runtime": 1.5, "eval_samples_per_second": 10.0, "eval_steps_per_second": 2.0}
    return {**row, **speed, "epoch": step / 4, "step": step}


def loss(step, value):
    return {"loss": value, "grad_norm": 1.0, "learning_rate": 5e-05, "epoch": step / 4, "step": step}


END = {"train_runtime": 9.0, "train_samples_per_second": 1.0, "train_steps_per_second": 1.0,
       "total_flos": 1.0, "train_loss": 0.5, "epoch": 2.0, "step": 8}

HISTORIES = {
    "two evaluations": [
        loss(2, 0.693147), evaluation(4, 0.61234567, accuracy=0.75, f1=0.8235294117647058),
        loss(6, 0.5), evaluation(8, 1.5e-05, accuracy=1.0, f1=1), END],
    "no log before": [
        evaluation(2, 0.7, matthews_correlation=0.1), loss(4, 0.6),
        evaluation(4, 0.65, matthews_correlation=0.25), END],
    "no evaluation": [loss(2, 0.69), END],
    "evaluated at the end": [loss(2, 0.69), END, evaluation(8, 0.5, accuracy=0.5, my_score=3)],
}

DESCRIPTIONS = [
    {},
    {"finetuned_from": "google-bert/bert-base-uncased", "tasks": "text-classification",
     "dataset_tags": ["glue"], "dataset": ["glue"], "dataset_args": ["mrpc"],
     "dataset_metadata": [{"config": "mrpc", "split": "validation"}], "license": "apache-2.0"},
    {"language": ["en", "de"], "dataset": ["one", "two"], "dataset_tags": ["org/one", "org/two"],
     "tasks": "token-classification", "finetuned_from": "org/base", "tags": ["extra", "generated_from_trainer"]},
]


def case(name, history, description):
    _, lines, results = parse_log_history(history)
    description = {"tags": ["generated_from_trainer"], **description}
    summary = TrainingSummary(model_name="my-model", eval_results=results, eval_lines=lines, **description)
    text = summary.to_model_card()
    body = text[text.index("# my-model"):]
    return {
        "name": name, "history": history, "description": description,
        "metadata": summary.create_metadata(),
        "yaml": yaml.dump(summary.create_metadata(), sort_keys=False),
        "introduction": body[:body.index("\n## Model description")],
        "table": make_markdown_table(lines),
    }


def main():
    cases = [case(name, history, description)
             for name, history in HISTORIES.items() for description in DESCRIPTIONS]
    document = {"transformers": transformers.__version__, "cases": cases}
    TARGET.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
