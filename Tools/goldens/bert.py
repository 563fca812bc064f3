"""Writes the BERT fixtures of Tests/TuneModelsTests: a tiny random-weight model with Python's numbers.

    python3 Tools/goldens/bert.py     (needs torch 2.13 and transformers 5.23)
"""

import json
import shutil
from pathlib import Path

import torch
import transformers
from transformers import BertConfig, BertForSequenceClassification, BertModel

FIXTURES = Path(__file__).resolve().parents[2] / "Tests/TuneModelsTests/Fixtures"
SIZES = dict(vocab_size=60, hidden_size=16, num_hidden_layers=2, num_attention_heads=4,
             intermediate_size=32, max_position_embeddings=24)
BATCH = dict(
    input_ids=[[2, 7, 8, 9, 3, 10, 11, 3], [2, 12, 3, 13, 3, 0, 0, 0], [2, 14, 15, 16, 17, 18, 3, 0]],
    token_type_ids=[[0, 0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]],
    attention_mask=[[1] * 8, [1] * 5 + [0] * 3, [1] * 7 + [0]],
)
LABELS = {1: [0.5, -1.0, 2.0], 3: [2, 0, 1]}
MULTI_LABELS = [[1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]]


def run(model, labels):
    model.zero_grad()
    batch = {name: torch.tensor(rows) for name, rows in BATCH.items()}
    output = model(**batch, labels=torch.tensor(labels))
    output.loss.backward()
    return dict(logits=output.logits.tolist(), loss=output.loss.item(),
                gradient_norms={name: p.grad.norm().item() for name, p in model.named_parameters()})


def summary(model):
    return {name: [p.flatten()[0].item(), p.double().sum().item()] for name, p in model.named_parameters()}


def main():
    goldens = dict(versions=dict(torch=torch.__version__, transformers=transformers.__version__),
                   tolerance=dict(logits=1e-5, loss=1e-5, gradients=1e-4, weights=1e-5), batch=BATCH)

    torch.manual_seed(7)
    classifier = BertForSequenceClassification(BertConfig(num_labels=3, **SIZES)).eval()
    with torch.no_grad():
        for parameter in classifier.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    folder = FIXTURES / "tiny-classifier"
    shutil.rmtree(folder, ignore_errors=True)
    classifier.save_pretrained(folder)
    goldens["single_label"] = run(classifier, LABELS[3])
    goldens["single_label"]["labels"] = LABELS[3]
    goldens["keys"] = [name for name, _ in classifier.named_parameters()]

    classifier.config.problem_type = "multi_label_classification"
    goldens["multi_label"] = run(classifier, MULTI_LABELS)
    goldens["multi_label"]["labels"] = MULTI_LABELS

    classifier.config.problem_type = None
    folder = FIXTURES / "tiny-backbone"
    shutil.rmtree(folder, ignore_errors=True)
    classifier.bert.save_pretrained(folder)
    output = classifier.bert(**{name: torch.tensor(rows) for name, rows in BATCH.items()})
    goldens["backbone"] = dict(pooled=output.pooler_output.tolist(),
                               first_hidden=output.last_hidden_state[0].tolist())

    torch.manual_seed(42)
    regression = BertForSequenceClassification.from_pretrained(folder, num_labels=1).eval()
    goldens["regression"] = run(regression, LABELS[1])
    goldens["regression"]["labels"] = LABELS[1]
    goldens["new_head"] = regression.classifier.weight.flatten().tolist()
    goldens["after_new_head"] = torch.empty((), dtype=torch.int64).random_().item()

    torch.manual_seed(0)
    goldens["from_scratch"] = summary(BertForSequenceClassification(BertConfig(num_labels=2, **SIZES)))
    torch.manual_seed(0)
    goldens["from_scratch_backbone"] = summary(BertModel(BertConfig(**SIZES)))

    (FIXTURES / "bert.json").write_text(json.dumps(goldens) + "\n")


if __name__ == "__main__":
    main()
