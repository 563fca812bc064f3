/// What single scalars become: lower case, canonical decompositions.
package struct ScalarMapping: Sendable {
    /// Lower case of single scalars, without context: `Σ` is always `σ`.
    package static let lowercase = ScalarMapping(UnicodeData.lowercase)
    /// Full canonical decompositions, Hangul syllables excepted.
    static let decomposition = ScalarMapping(UnicodeData.decompositions)

    /// The scalars with an image, ascending.
    let domain: [UInt32]
    private let indices: PagedTable<UInt16>
    private let starts: [Int]
    private let images: [UInt32]

    /// Reads a mapping of `UnicodeData`.
    init(_ data: String) {
        var numbers = PackedNumbers(data)
        var domain: [UInt32] = []
        var starts: [Int] = [0, 0]
        var images: [UInt32] = []
        var indices = PagedTable<UInt16>(repeating: 0)
        var nextFree: UInt32 = 0
        while !numbers.isAtEnd {
            let scalar = nextFree + numbers.next()
            for _ in 0..<numbers.next() { images.append(numbers.next(relativeTo: scalar)) }
            starts.append(images.count)
            domain.append(scalar)
            indices.update(scalar...scalar) { $0 = UInt16(domain.count) }
            nextFree = scalar + 1
        }
        (self.domain, self.starts, self.images) = (domain, starts, images)
        self.indices = indices.compacted()
    }

    /// What `scalar` becomes; nil for itself.
    @inline(__always)
    package subscript(scalar: UInt32) -> ArraySlice<UInt32>? {
        let index = Int(indices[scalar])
        return index == 0 ? nil : images[starts[index]..<starts[index + 1]]
    }
}
