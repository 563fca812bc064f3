// What `make demo` runs: do two sentences say the same? Fine-tunes a small BERT on the paraphrase
// corpus, evaluates each epoch, and shows what the model has learned.

import ExampleInputs
import FineTuneKit

PlainLogHandler.bootstrap()
let inputs = ExampleInputs()
let outputDir = "demo-output"
let rawDatasets = try inputs.limited(loadDataset(inputs.dataset, inputs.configuration))
let tokenizer = try AutoTokenizer.fromPretrained(inputs.checkpoint)
let tokenizedDatasets = try rawDatasets.map(batched: true) { rows in
    try tokenizer(rows.strings("sentence1"), rows.strings("sentence2"), truncation: true)
}.removeColumns(["sentence1", "sentence2", "idx"])
let labels = try rawDatasets["train"].features["label"]?.names ?? ["different", "paraphrase"]

print("Fine-tuning \(inputs.checkpoint) on \(inputs.dataset):")
print(
    rawDatasets.splits.map { "\($0.dataset.count) \($0.name)" }.joined(separator: ", ") + " pairs")

let trainingArgs = TrainingArguments(
    outputDir, numTrainEpochs: 2, perDeviceTrainBatchSize: 16, perDeviceEvalBatchSize: 32,
    learningRate: 1e-4, warmupSteps: 0.1,
    loggingStrategy: .epoch, evalStrategy: .epoch, saveStrategy: .no)
setSeed(trainingArgs.seed)
let model = try AutoModelForSequenceClassification.fromPretrained(inputs.checkpoint) {
    $0.labels = labels
}

let trainer = try Trainer(
    model: model,
    args: trainingArgs,
    trainDataset: tokenizedDatasets["train"],
    evalDataset: tokenizedDatasets["validation"],
    dataCollator: DataCollatorWithPadding(tokenizer),
    processingClass: tokenizer,
    computeMetrics: { evaluation in
        try Evaluate.load("glue", "mrpc").compute(
            predictions: evaluation.predictions.argmax(axis: -1),
            references: evaluation.labelIDs.ints)
    })
let result = try trainer.train()
try trainer.saveModel()

let references = try rawDatasets["validation"]["label"].ints()
try printResults(trainer.logHistory, baseline: majorityBaseline(references))
print("Training took \(ProgressBar.duration(result.metrics["train_runtime"] ?? 0)) minutes.\n")

let test = try rawDatasets["test"]
let predictions = try trainer.predict(tokenizedDatasets["test"])
try printPredictions(predictions, of: test, labels: labels, count: 6)
printNextCommands(outputDir, dataset: inputs.dataset)
