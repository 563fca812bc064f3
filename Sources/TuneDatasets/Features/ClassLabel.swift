import TuneBase

/// Integers that stand for names: the classes of a classification task.
public struct ClassLabel: Sendable, Hashable {
    /// The name of each class; its position is its number.
    public let names: [String]

    /// Creates a label from the names of its classes.
    ///
    /// - Throws: `TuneError` when a name appears twice.
    public init(names: [String]) throws {
        guard Set(names.map { Array($0.utf8) }).count == names.count else {
            throw TuneError(
                .badConfig,
                "Some label names are duplicated. Each label name should be unique.",
                remedy: "The names are \(pythonList(names)).")
        }
        self.names = names
    }

    /// Creates a label with `count` classes named `0`, `1` and so on.
    public init(count: Int) {
        names = (0..<max(0, count)).map(String.init)
    }

    /// The number of classes.
    public var numClasses: Int { names.count }

    /// The name of a class.
    ///
    /// - Throws: `TuneError` when there is no class with this number.
    public func int2str(_ number: Int) throws -> String {
        guard names.indices.contains(number) else {
            throw TuneError(
                .badData, "Invalid integer class label \(number).",
                remedy: "The classes are \(pythonList(names)).")
        }
        return names[number]
    }

    /// The names of several classes.
    public func int2str(_ numbers: [Int]) throws -> [String] { try numbers.map { try int2str($0) } }

    /// The number of a class by its name, with or without surrounding space, or by its digits.
    ///
    /// - Throws: `TuneError` when the text is neither.
    public func str2int(_ name: String) throws -> Int {
        if let number = position(of: name) { return number }
        let trimmed = name.trimmed
        if let number = position(of: trimmed) { return number }
        // As in Python, -1 is the mark of a row without a class.
        if let number = Int(trimmed), number >= -1, number < names.count { return number }
        throw TuneError(
            .badData, "Invalid string class label \(name).",
            remedy: suggestion(for: name, among: names))
    }

    /// The numbers of several classes.
    public func str2int(_ names: [String]) throws -> [Int] { try names.map { try str2int($0) } }

    /// Checks that a column's number is that of a class; negative ones mark missing classes.
    func check(_ number: Int) throws {
        guard number < names.count else {
            throw TuneError(
                .badData,
                "Class label \(number) greater than configured num_classes \(names.count).",
                remedy: "The classes are \(pythonList(names)).")
        }
    }

    private func position(of name: String) -> Int? {
        names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    }
}

extension ClassLabel: CustomStringConvertible {
    /// The label as Python prints it: `ClassLabel(names=['neg', 'pos'])`.
    public var description: String { "ClassLabel(names=\(pythonList(names)))" }
}
