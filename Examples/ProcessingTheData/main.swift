// From pairs of sentences to a padded batch.

import ExampleInputs
import FineTuneKit

PlainLogHandler.bootstrap()
let inputs = ExampleInputs()
let rawDatasets = try inputs.limited(loadDataset(inputs.dataset, inputs.configuration))
print(rawDatasets)

let rawTrainDataset = try rawDatasets["train"]
print(try rawTrainDataset[0])
print(rawTrainDataset.features)

let tokenizer = try AutoTokenizer.fromPretrained(inputs.checkpoint)
let pair = try tokenizer("This is the first sentence.", "This is the second one.")
print(pair)
print(pair.tokens())

let tokenizedDatasets = try rawDatasets.map(batched: true) { rows in
    try tokenizer(rows.strings("sentence1"), rows.strings("sentence2"), truncation: true)
}
print(tokenizedDatasets)

var samples = try tokenizedDatasets["train"][..<8]
samples = try samples.removing(["idx", "sentence1", "sentence2"])
print(try samples.intLists("input_ids").map(\.count))

let dataCollator = DataCollatorWithPadding(tokenizer)
let batch = try dataCollator(samples)
print(batch.shapes)
