/// The text columns of the tasks of the GLUE benchmark, by configuration.
let glueColumns: [String: [String]] = [
    "cola": ["sentence"],
    "mnli": ["premise", "hypothesis"],
    "mnli_matched": ["premise", "hypothesis"],
    "mnli_mismatched": ["premise", "hypothesis"],
    "mrpc": ["sentence1", "sentence2"],
    "qnli": ["question", "sentence"],
    "qqp": ["question1", "question2"],
    "rte": ["sentence1", "sentence2"],
    "sst2": ["sentence"],
    "stsb": ["sentence1", "sentence2"],
    "wnli": ["sentence1", "sentence2"],
]

/// The pairs of columns that other datasets commonly have, besides those of GLUE.
let commonPairs = [["text", "text_pair"], ["text1", "text2"], ["query", "passage"]]
