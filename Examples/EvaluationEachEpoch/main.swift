// Fine-tuning with the Trainer, with accuracy and F1 on the validation split after each epoch.

import ExampleInputs
import FineTuneKit

PlainLogHandler.bootstrap()
let inputs = ExampleInputs()
let rawDatasets = try inputs.limited(loadDataset(inputs.dataset, inputs.configuration))
let tokenizer = try AutoTokenizer.fromPretrained(inputs.checkpoint)

let tokenizedDatasets = try rawDatasets.map(batched: true) { rows in
    try tokenizer(rows.strings("sentence1"), rows.strings("sentence2"), truncation: true)
}
let dataCollator = DataCollatorWithPadding(tokenizer)

func computeMetrics(_ evaluation: EvalPrediction) throws -> MetricResult {
    let metric = try Evaluate.load("glue", "mrpc")
    let (logits, labels) = evaluation.unpacked
    let predictions = logits.argmax(axis: -1)
    return try metric.compute(predictions: predictions, references: labels.ints)
}

let trainingArgs = TrainingArguments("test-trainer", evalStrategy: .epoch)
let model = try AutoModelForSequenceClassification.fromPretrained(
    inputs.checkpoint, numLabels: 2)

let trainer = try Trainer(
    model: model,
    args: trainingArgs,
    trainDataset: tokenizedDatasets["train"],
    evalDataset: tokenizedDatasets["validation"],
    dataCollator: dataCollator,
    processingClass: tokenizer,
    computeMetrics: computeMetrics)
try trainer.train()
