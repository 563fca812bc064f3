// The training loop by hand, with the accelerator in charge of devices and precision.

import ExampleInputs
import FineTuneKit

PlainLogHandler.bootstrap()
let inputs = ExampleInputs()
let rawDatasets = try inputs.limited(loadDataset(inputs.dataset, inputs.configuration))
let tokenizer = try AutoTokenizer.fromPretrained(inputs.checkpoint)

let tokenizedDatasets = try rawDatasets.map(batched: true) { rows in
    try tokenizer(rows.strings("sentence1"), rows.strings("sentence2"), truncation: true)
}.removeColumns(["sentence1", "sentence2", "idx"]).renameColumn("label", to: "labels")
let dataCollator = DataCollatorWithPadding(tokenizer)

let accelerator = try Accelerator()
let model = try AutoModelForSequenceClassification.fromPretrained(
    inputs.checkpoint, numLabels: 2)
let optimizer = AdamW(model.namedParameters(), learningRate: 3e-5)

let trainDataloader = try DataLoader(
    tokenizedDatasets["train"], batchSize: 8, shuffle: true, collateFn: dataCollator)
let evalDataloader = try DataLoader(
    tokenizedDatasets["validation"], batchSize: 8, collateFn: dataCollator)
_ = accelerator.prepare(trainDataloader, evalDataloader, model, optimizer)

let numEpochs = 3
let numTrainingSteps = numEpochs * trainDataloader.count
let lrScheduler = try getScheduler(
    "linear", optimizer: optimizer, numWarmupSteps: 0, numTrainingSteps: numTrainingSteps)

let progressBar = ProgressBar(total: numTrainingSteps)
model.train()
for _ in 0..<numEpochs {
    for batch in trainDataloader {
        let outputs = try model(batch)
        try accelerator.backward(outputs.loss)

        optimizer.step()
        lrScheduler.step()
        optimizer.zeroGrad()
        progressBar.advance()
    }
}
progressBar.close()

let metric = try Evaluate.load("glue", "mrpc")
model.eval()
for batch in evalDataloader {
    let outputs = try withoutGradients { try model(batch) }
    let (predictions, references) = accelerator.gatherForMetrics(
        outputs.logits.argmax(dim: -1), batch["labels"] ?? Tensor([Int]()))
    try metric.addBatch(predictions: predictions.ints(), references: references.ints())
}
accelerator.print("\(try metric.compute())")
