/// The members of a JSON object in the order of the document.
///
/// Keys are compared byte for byte: Swift's own string equality holds two different vocabulary
/// entries equal when they are canonically equivalent. Look-up is linear, meant for objects of
/// configuration size; iterate over large ones.
public struct JSONObject: Sendable, Hashable {
    /// The members in order.
    public private(set) var members: [(key: String, value: JSONValue)]

    /// Creates an object; a later member with the same key replaces the earlier one's value.
    public init(_ members: [(String, JSONValue)] = []) {
        self.members = []
        for (key, value) in members { self[key] = value }
    }

    /// Creates an object whose keys are known to be distinct.
    package init(distinct members: [(key: String, value: JSONValue)]) { self.members = members }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// The value of a member; setting nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// This object with the members of `other` added or replaced.
    public func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other.members { result[key] = value }
        return result
    }

    private func position(of key: String) -> Int? {
        members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }

    /// Whether both hold the same members, in any order.
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.count == b.members.count
            && a.members.allSatisfy { member in b[member.key] == member.value }
    }

    /// Hashes the number of members, which is equal for equal objects.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object; a later member with the same key replaces the earlier one's value.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
