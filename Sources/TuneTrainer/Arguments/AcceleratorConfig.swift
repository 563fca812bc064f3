public import TuneBase

/// The settings of the Accelerator inside a ``Trainer``, as Python's `AcceleratorConfig`.
public struct AcceleratorConfig: Sendable, Equatable {
    /// Whether a batch is split over the processes; no effect in one process, as in Python.
    public var splitBatches: Bool
    /// Whether the first process reads the data for all; no effect in one process, as in Python.
    public var dispatchBatches: Bool?
    /// Whether all processes get equally many rows; no effect in one process, as in Python.
    public var evenBatches: Bool
    /// Whether the order of an epoch depends on seed and epoch only.
    ///
    /// Otherwise it depends on all random numbers drawn before.
    public var useSeedableSampler: Bool
    /// Whether batches move to the GPU while the processor goes on.
    public var nonBlocking: Bool

    /// Settings with Python's defaults.
    public init(
        splitBatches: Bool = false, dispatchBatches: Bool? = nil, evenBatches: Bool = true,
        useSeedableSampler: Bool = true, nonBlocking: Bool = false
    ) {
        (self.splitBatches, self.dispatchBatches) = (splitBatches, dispatchBatches)
        (self.evenBatches, self.useSeedableSampler) = (evenBatches, useSeedableSampler)
        self.nonBlocking = nonBlocking
    }

    /// Settings from an object with Python's names.
    ///
    /// - Parameters:
    ///   - json: The object.
    ///   - place: Where it stands, for messages.
    /// - Throws: `TuneError` that names a member that is unknown or of the wrong kind.
    public init(json: JSONObject, at place: JSONPlace = JSONPlace("AcceleratorConfig")) throws {
        self.init()
        for (name, value) in json.members { try set(name, value, at: place[name]) }
    }

    /// The settings by Python's names.
    public func toJSON() -> JSONObject {
        JSONObject([
            ("split_batches", .bool(splitBatches)),
            ("dispatch_batches", dispatchBatches.map(JSONValue.bool) ?? .null),
            ("even_batches", .bool(evenBatches)),
            ("use_seedable_sampler", .bool(useSeedableSampler)),
            ("non_blocking", .bool(nonBlocking)),
        ])
    }

    private static let flags: [(name: String, path: any WritableKeyPath<Self, Bool> & Sendable)] = [
        ("split_batches", \.splitBatches), ("even_batches", \.evenBatches),
        ("use_seedable_sampler", \.useSeedableSampler), ("non_blocking", \.nonBlocking),
    ]

    private mutating func set(_ name: String, _ value: JSONValue, at place: JSONPlace) throws {
        if name == "dispatch_batches" {
            guard value.isNull || value.bool != nil else {
                throw Self.mismatch(name, value, at: place)
            }
            dispatchBatches = value.bool
        } else if let flag = Self.flags.first(where: { $0.name == name }) {
            guard let truth = value.bool else { throw Self.mismatch(name, value, at: place) }
            self[keyPath: flag.path] = truth
        } else {
            try Self.checkForeign(name, value, at: place)
        }
    }

    /// Lets members of Python's class pass when they ask for nothing.
    private static func checkForeign(_ name: String, _ value: JSONValue, at place: JSONPlace) throws
    {
        switch name {
        case "gradient_accumulation_kwargs" where value.isNull: return
        case "gradient_accumulation_kwargs":
            throw TuneError(
                .badConfig, "\(place): accelerator_config has '\(name)', which is not available.",
                remedy: "Set gradient_accumulation_steps.")
        case "use_configured_state" where value == .bool(false): return
        case "use_configured_state":
            throw TuneError(
                .badConfig, "\(place): accelerator_config has '\(name)', which is not available.",
                remedy: "Remove it: every Trainer makes its own Accelerator.")
        default:
            let known = flags.map(\.name) + ["dispatch_batches"]
            throw TuneError(
                .badConfig, "\(place): accelerator_config has no setting '\(name)'.",
                remedy: suggestion(for: name, among: known))
        }
    }

    private static func mismatch(_ name: String, _ value: JSONValue, at place: JSONPlace)
        -> TuneError
    {
        TuneError(
            .badConfig,
            "\(place): '\(name)' of accelerator_config is \(value.kind) where true or false is needed.",
            remedy: "Write true or false.")
    }
}
