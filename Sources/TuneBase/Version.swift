/// The version of FineTune.
public let fineTuneVersion = "0.1.0"
