// A training loop written by hand: loaders, optimizer, schedule, device, evaluation.

import ExampleInputs
import FineTuneKit

PlainLogHandler.bootstrap()
let inputs = ExampleInputs()
let rawDatasets = try inputs.limited(loadDataset(inputs.dataset, inputs.configuration))
let tokenizer = try AutoTokenizer.fromPretrained(inputs.checkpoint)

var tokenizedDatasets = try rawDatasets.map(batched: true) { rows in
    try tokenizer(rows.strings("sentence1"), rows.strings("sentence2"), truncation: true)
}
let dataCollator = DataCollatorWithPadding(tokenizer)

tokenizedDatasets = try tokenizedDatasets.removeColumns(["sentence1", "sentence2", "idx"])
tokenizedDatasets = try tokenizedDatasets.renameColumn("label", to: "labels")
print(try tokenizedDatasets["train"].columnNames)

let trainDataloader = try DataLoader(
    tokenizedDatasets["train"], batchSize: 8, shuffle: true, collateFn: dataCollator)
let evalDataloader = try DataLoader(
    tokenizedDatasets["validation"], batchSize: 8, collateFn: dataCollator)

let model = try AutoModelForSequenceClassification.fromPretrained(
    inputs.checkpoint, numLabels: 2)
for batch in trainDataloader {
    print(batch.mapValues(\.shape).sorted { $0.key < $1.key })
    let outputs = try model(batch)
    print(outputs.loss?.item() ?? .nan, outputs.logits.shape)
    break
}

let optimizer = AdamW(model.namedParameters(), learningRate: 5e-5)
let numEpochs = 3
let numTrainingSteps = numEpochs * trainDataloader.count
let lrScheduler = try getScheduler(
    "linear", optimizer: optimizer, numWarmupSteps: 0, numTrainingSteps: numTrainingSteps)
print(numTrainingSteps)

let device = Device.default
model.to(device)
print(device)

let progressBar = ProgressBar(total: numTrainingSteps)
model.train()
for _ in 0..<numEpochs {
    for batch in trainDataloader {
        let batch = batch.mapValues { $0.to(device) }
        let outputs = try model(batch)
        outputs.loss?.backward()

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
    let batch = batch.mapValues { $0.to(device) }
    let outputs = try withoutGradients { try model(batch) }
    let predictions = outputs.logits.argmax(dim: -1)
    try metric.addBatch(
        predictions: predictions.ints(), references: batch["labels"]?.ints() ?? [])
}
print(try metric.compute())
