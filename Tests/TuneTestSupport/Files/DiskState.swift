import Foundation
import TuneBase

/// The content of a simulated disk, and what of it would be there after a loss of power.
struct DiskState {
    struct Node {
        enum Content {
            case file(current: [UInt8], durable: [UInt8])
            case directory(current: [String: Int], durable: [String: Int])
            case link
        }

        var content: Content
    }

    /// A change of names that happens as a whole.
    struct NameChange {
        struct Place: Hashable {
            let directory: Int
            let name: String
        }

        var removed: [Place] = []
        var added: [(place: Place, node: Int)] = []

        var places: Set<Place> { Set(removed + added.map(\.place)) }
        var directories: Set<Int> { Set(places.map(\.directory)) }
    }

    static let root = 0

    private(set) var nodes: [Int: Node] = [
        root: Node(content: .directory(current: [:], durable: [:]))
    ]
    /// Changes of names that no `sync` has covered, in order.
    private(set) var pending: [NameChange] = []
    private var next = 1

    // MARK: Looking

    func node(_ path: String) throws(Failure) -> Int? {
        var current = Self.root
        for name in components(path) {
            switch nodes[current]?.content {
            case .directory(let entries, _):
                guard let next = entries[name] else { return nil }
                current = next
            case .link: throw Failure(ELOOP)
            default: return nil
            }
        }
        return current
    }

    func existing(_ path: String) throws(Failure) -> Int {
        guard let node = try node(path) else { throw Failure(ENOENT) }
        return node
    }

    func place(_ path: String) throws(Failure) -> NameChange.Place {
        let parts = components(path)
        let parent = parts.dropLast().joined(separator: "/")
        guard let name = parts.last else { throw Failure(EINVAL) }
        return .init(directory: try existing(parent), name: name)
    }

    func entries(_ node: Int) throws(Failure) -> [String: Int] {
        guard case .directory(let entries, _) = nodes[node]?.content else { throw Failure(ENOTDIR) }
        return entries
    }

    func bytes(_ node: Int) throws(Failure) -> [UInt8] {
        switch nodes[node]?.content {
        case .file(let bytes, _): return bytes
        case .link: throw Failure(ELOOP)
        default: throw Failure(EISDIR)
        }
    }

    var usedBytes: Int {
        nodes.values.reduce(0) {
            if case .file(let bytes, _) = $1.content { $0 + bytes.count } else { $0 }
        }
    }

    /// Everything that has a name: the bytes of files, and nothing for the rest.
    var content: [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        func visit(_ node: Int, _ path: String) {
            switch nodes[node]?.content {
            case .file(let bytes, _): found[path] = bytes
            case .directory(let entries, _):
                found[path + "/"] = []
                for (name, node) in entries { visit(node, "\(path)/\(name)") }
            default: found[path + "@"] = []
            }
        }
        visit(Self.root, "")
        return found
    }

    // MARK: Changing

    mutating func create(_ path: String, _ content: Node.Content) throws(Failure) -> Int {
        guard try node(path) == nil else { throw Failure(EEXIST) }
        let place = try place(path)
        let node = next
        next += 1
        nodes[node] = Node(content: content)
        change(NameChange(added: [(place, node)]))
        return node
    }

    mutating func append(_ bytes: some Sequence<UInt8>, to node: Int) throws(Failure) {
        guard case .file(let current, let durable) = nodes[node]?.content else {
            throw Failure(EBADF)
        }
        nodes[node]?.content = .file(current: current + bytes, durable: durable)
    }

    mutating func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        nodes[try existing(path)]?.content = .file(current: bytes, durable: bytes)
    }

    mutating func rename(_ path: String, to target: String) throws(Failure) {
        let node = try existing(path)
        var change = NameChange(
            removed: [try place(path)], added: [(try place(target), node)])
        if let replaced = try self.node(target) {
            if case .directory(let entries, _) = nodes[replaced]?.content, !entries.isEmpty {
                throw Failure(ENOTEMPTY)
            }
            change.removed.append(try place(target))
        }
        self.change(change)
    }

    mutating func remove(_ path: String, directory: Bool) throws(Failure) {
        let node = try existing(path)
        if case .directory(let entries, _) = nodes[node]?.content {
            guard directory else { throw Failure(EISDIR) }
            guard entries.isEmpty else { throw Failure(ENOTEMPTY) }
        } else if directory {
            throw Failure(ENOTDIR)
        }
        change(NameChange(removed: [try place(path)]))
    }

    mutating func sync(_ node: Int) throws(Failure) {
        switch nodes[node]?.content {
        case .file(let current, _): nodes[node]?.content = .file(current: current, durable: current)
        case .directory: commit { $0.directories.contains(node) }
        default: throw Failure(EINVAL)
        }
    }

    private mutating func change(_ change: NameChange) {
        apply(change, durable: false)
        pending.append(change)
    }

    /// Makes pending changes durable, together with earlier ones of the same names.
    private mutating func commit(_ isWanted: (NameChange) -> Bool) {
        let wanted = closure(pending.indices.filter { isWanted(pending[$0]) })
        for index in wanted { apply(pending[index], durable: true) }
        pending = pending.indices.filter { !wanted.contains($0) }.map { pending[$0] }
    }

    private mutating func apply(_ change: NameChange, durable: Bool) {
        for place in change.removed { setEntry(place, nil, durable) }
        for (place, node) in change.added { setEntry(place, node, durable) }
    }

    private mutating func setEntry(_ place: NameChange.Place, _ node: Int?, _ durable: Bool) {
        guard case .directory(var now, var later) = nodes[place.directory]?.content else { return }
        if durable { later[place.name] = node } else { now[place.name] = node }
        nodes[place.directory]?.content = .directory(current: now, durable: later)
    }

    // MARK: Losing power

    /// What may have become of bytes that no `sync` covered.
    enum UnsyncedData: CaseIterable { case lost, torn, zeros, kept }

    /// The sets of pending changes that may have reached the disk: the first ones, all but one,
    /// and one alone; each with the earlier changes of the same names.
    var possibleChanges: Set<[Int]> {
        let all = Array(pending.indices)
        var sets = Set((0...all.count).map { Array(all.prefix($0)) })
        for index in all {
            sets.insert(closure([index]))
            let dependents = all.filter { closure([$0]).contains(index) }
            sets.insert(all.filter { !dependents.contains($0) })
        }
        return sets
    }

    /// The disk after a loss of power.
    func afterCrash(changes: [Int], data: UnsyncedData) -> DiskState {
        var state = self
        for index in changes { state.apply(pending[index], durable: true) }
        state.pending = []
        for (id, node) in state.nodes {
            switch node.content {
            case .file(let current, let durable):
                let left = surviving(current, durable, data)
                state.nodes[id]?.content = .file(current: left, durable: left)
            case .directory(_, let durable):
                state.nodes[id]?.content = .directory(current: durable, durable: durable)
            case .link: break
            }
        }
        return state
    }

    /// Indices of pending changes with all earlier ones that they build on, in order.
    private func closure(_ indices: [Int]) -> [Int] {
        var wanted = Set(indices)
        for index in pending.indices.reversed() where wanted.contains(index) {
            for earlier in 0..<index
            where !pending[earlier].places.isDisjoint(with: pending[index].places) {
                wanted.insert(earlier)
            }
        }
        return wanted.sorted()
    }

    private func surviving(
        _ current: [UInt8], _ durable: [UInt8], _ data: UnsyncedData
    ) -> [UInt8] {
        let new = current.dropFirst(durable.count)
        switch data {
        case .lost: return durable
        case .torn: return durable + new.prefix(new.count / 2)
        case .zeros: return durable + [UInt8](repeating: 0, count: new.count)
        case .kept: return current
        }
    }

    private func components(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }

    /// An error number on its way to a `FileError`.
    struct Failure: Error {
        let number: Int32
        init(_ number: Int32) { self.number = number }
    }
}
