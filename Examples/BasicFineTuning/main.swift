// Fine-tuning with the Trainer: from a checkpoint and pairs of sentences to predictions.

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

let trainingArgs = TrainingArguments("test-trainer")
let model = try AutoModelForSequenceClassification.fromPretrained(
    inputs.checkpoint, numLabels: 2)

let trainer = try Trainer(
    model: model,
    args: trainingArgs,
    trainDataset: tokenizedDatasets["train"],
    evalDataset: tokenizedDatasets["validation"],
    dataCollator: dataCollator,
    processingClass: tokenizer)
try trainer.train()

let predictions = try trainer.predict(tokenizedDatasets["validation"])
print(predictions.predictions.shape, predictions.labelIDs?.shape ?? [])

let predicted = predictions.predictions.argmax(axis: -1)
let metric = try Evaluate.load("glue", "mrpc")
print(try metric.compute(predictions: predicted, references: predictions.labelIDs?.ints ?? []))
