public import TuneBase

/// Hyper-parameters that all groups of an optimizer share.
public protocol OptimizerSettings: Sendable, Equatable {
    /// The defaults.
    init()

    /// Every hyper-parameter, in the order in which saved states list them.
    static var fields: [OptimizerSetting<Self>] { get }

    /// Refuses values that cannot be.
    ///
    /// - Throws: `TuneError` that names the hyper-parameter.
    func check() throws
}

/// One hyper-parameter: PyTorch's name of it, and where its value is.
public enum OptimizerSetting<Settings>: Sendable {
    /// A number.
    case number(String, any WritableKeyPath<Settings, Double> & Sendable)
    /// A number that may be left out.
    case optionalNumber(String, any WritableKeyPath<Settings, Double?> & Sendable)
    /// A switch.
    case flag(String, any WritableKeyPath<Settings, Bool> & Sendable)

    /// PyTorch's name.
    public var name: String {
        switch self {
        case .number(let name, _), .optionalNumber(let name, _), .flag(let name, _): name
        }
    }

    fileprivate func value(in settings: Settings) -> JSONValue {
        switch self {
        case .number(_, let path): .double(settings[keyPath: path])
        case .optionalNumber(_, let path): settings[keyPath: path].map(JSONValue.double) ?? .null
        case .flag(_, let path): .bool(settings[keyPath: path])
        }
    }

    fileprivate func set(_ settings: inout Settings, from saved: JSONFields) throws {
        switch self {
        case .number(let name, let path): settings[keyPath: path] = try saved.double(name)
        case .flag(let name, let path): settings[keyPath: path] = try saved.bool(name)
        case .optionalNumber(let name, let path):
            let isGiven = saved.object[name].map { !$0.isNull } ?? false
            settings[keyPath: path] = isGiven ? try saved.double(name) : nil
        }
    }
}

extension OptimizerSettings {
    /// The values by PyTorch's names.
    var json: JSONObject { JSONObject(Self.fields.map { ($0.name, $0.value(in: self)) }) }

    /// Values that were saved.
    init(_ saved: JSONFields) throws {
        self.init()
        for field in Self.fields { try field.set(&self, from: saved) }
        try check()
    }
}

/// A tensorwise optimizer with hyper-parameters, which are saved and restored with its state.
open class ConfiguredOptimizer<Settings: OptimizerSettings>: TensorwiseOptimizer {
    /// What all groups share.
    public private(set) var settings: Settings

    /// Creates an optimizer of several groups.
    ///
    /// - Throws: `TuneError` for a setting that cannot be.
    public init(groups: [ParameterGroup], settings: Settings = Settings()) throws {
        try settings.check()
        self.settings = settings
        super.init(groups: groups)
    }

    /// The settings by PyTorch's names.
    open override var hyperparameters: JSONObject { settings.json }

    /// Reads the settings.
    open override func adopting(_ saved: JSONFields) throws -> () -> Void {
        let settings = try Settings(saved)
        return { self.settings = settings }
    }
}

/// Refuses a setting outside its range.
func checkSetting(
    _ optimizer: String, _ name: String, _ value: Double, is valid: Bool, _ range: String
) throws {
    guard !valid else { return }
    throw TuneError(
        .badConfig, "\(optimizer): \(name) is \(pythonRepr(value)).", remedy: "Use \(range).")
}
