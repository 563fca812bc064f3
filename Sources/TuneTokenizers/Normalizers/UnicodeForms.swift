import TuneBase

/// Canonical decomposition.
struct NFD: Normalizer {
    init(_ fields: JSONFields) throws {}

    func normalize(_ text: inout NormalizedString) { text.decompose() }

    var json: JSONValue { ["type": "NFD"] }
}

/// Canonical decomposition, then composition.
struct NFC: Normalizer {
    init(_ fields: JSONFields) throws {}

    func normalize(_ text: inout NormalizedString) { text.compose() }

    var json: JSONValue { ["type": "NFC"] }
}

extension NormalizedString {
    /// Brings the text into canonical decomposition.
    mutating func decompose() {
        if let scalars = decomposition() { replaceScalars(scalars) }
    }

    /// Brings the text into canonical composition.
    mutating func compose() {
        if isIdentity { return }
        let decomposed = decomposition() ?? scalars.map { ScalarChange(scalar: $0, change: 0) }
        var composer = Composer()
        for scalar in decomposed { composer.add(scalar) }
        replaceScalars(composer.finish())
    }

    private var scalars: [UInt32] { string.unicodeScalars.map(\.value) }

    /// The decomposed text, or nil when the text is decomposed already.
    private func decomposition() -> [ScalarChange]? {
        if isIdentity { return nil }
        let classes = CanonicalForms.combiningClasses
        var reorder = CanonicalReordering()
        var changes = false
        for scalar in scalars {
            var change = 0
            CanonicalForms.decompose(scalar) { part in
                let combiningClass = part < 0x300 ? 0 : classes[part]
                changes = changes || part != scalar || combiningClass != 0
                reorder.add(ScalarChange(scalar: part, change: change), combiningClass)
                change = 1
            }
        }
        return changes ? reorder.finish() : nil
    }
}

/// Sorts runs of combining marks by class and keeps the order within a class.
private struct CanonicalReordering {
    private var result: [ScalarChange] = []
    private var pending: [(mark: ScalarChange, combiningClass: UInt8)] = []

    mutating func add(_ scalar: ScalarChange, _ combiningClass: UInt8) {
        if combiningClass == 0 {
            flush()
            result.append(scalar)
        } else {
            let place = pending.lastIndex { $0.combiningClass <= combiningClass }.map { $0 + 1 }
            pending.insert((scalar, combiningClass), at: place ?? 0)
        }
    }

    mutating func finish() -> [ScalarChange] {
        flush()
        return result
    }

    private mutating func flush() {
        result += pending.map(\.mark)
        pending.removeAll()
    }
}

/// Composes a decomposed text: each mark with the last starter before it, unless blocked.
private struct Composer {
    private var result: [ScalarChange] = []
    private var starter: ScalarChange?
    private var marks: [ScalarChange] = []
    private var lastClass: UInt8 = 0

    mutating func add(_ scalar: ScalarChange) {
        let combiningClass = CanonicalForms.combiningClasses[scalar.scalar]
        guard let base = starter else {
            if combiningClass == 0 { starter = scalar } else { result.append(scalar) }
            return
        }
        let isBlocked = !marks.isEmpty && lastClass >= combiningClass
        if !isBlocked, let composite = CanonicalForms.compose(base.scalar, scalar.scalar) {
            // The composite also stands for what `scalar` stood for.
            starter = ScalarChange(scalar: composite, change: base.change + scalar.change - 1)
        } else if combiningClass == 0 {
            flush()
            starter = scalar
        } else {
            marks.append(scalar)
            lastClass = combiningClass
        }
    }

    mutating func finish() -> [ScalarChange] {
        flush()
        return result
    }

    private mutating func flush() {
        if let starter { result.append(starter) }
        result += marks
        (starter, marks) = (nil, [])
    }
}
