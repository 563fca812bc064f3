/// Where a value stands in a document, for messages: `run.yaml:3:5`.
public struct JSONPlace: Sendable, CustomStringConvertible {
    /// A position in a text; the first is line 1, column 1.
    public struct Mark: Sendable, Hashable {
        /// The line.
        public let line: Int
        /// The column, in the units of the parser.
        public let column: Int

        /// Creates a position.
        public init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
    }

    /// What the document is: the name of a file, `the command line`.
    public let source: String
    private let marks: [[String]: Mark]
    private var path: [String] = []

    /// The place of a whole document.
    ///
    /// - Parameters:
    ///   - source: What the document is.
    ///   - marks: The positions of its members' names, by the names that lead to them.
    public init(_ source: String, marks: [[String]: Mark] = [:]) {
        (self.source, self.marks) = (source, marks)
    }

    /// The place of a member of the object that stands here.
    public subscript(member: String) -> JSONPlace {
        var result = self
        result.path.append(member)
        return result
    }

    /// The document with line and column, or of what encloses this place where they are not known.
    public var description: String {
        var path = path[...]
        while !path.isEmpty {
            if let mark = marks[Array(path)] { return "\(source):\(mark.line):\(mark.column)" }
            path.removeLast()
        }
        return source
    }
}
