/// How rows are filled up.
struct Padding: Sendable {
    /// The least length of every row.
    var length: Int
    var side: Side
    /// The token that fills up.
    var id: Int
    var type: Int

    /// `length` rounded up to a multiple.
    static func roundedUp(_ length: Int, to multiple: Int?) -> Int {
        guard let multiple, multiple > 0 else { return length }
        return (length + multiple - 1) / multiple * multiple
    }

    /// Fills up an encoding and what overflows from it.
    func apply(to encoding: inout Encoding) {
        for index in encoding.overflowing.indices { apply(to: &encoding.overflowing[index]) }
        let missing = length - encoding.count
        guard missing > 0 else { return }
        let filler = repeatElement(EncodedToken.padding(id: id, type: type), count: missing)
        switch side {
        case .right: encoding.entries.append(contentsOf: filler)
        case .left: encoding.entries.insert(contentsOf: filler, at: 0)
        }
    }
}
