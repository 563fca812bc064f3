import Testing
import TuneBase
import TuneTrainer

@Suite struct HostArrayTests {
    @Test func argmaxAlongEachAxis() {
        let array = HostArray([1, 5, 2, 7, 0, 7] as [Float], shape: [2, 3])
        #expect(array.argmax() == [1, 0])
        #expect(array.argmax(axis: 0) == [1, 0, 1])
        #expect(array.argmax(axis: -2) == [1, 0, 1])
    }

    @Test func nothingHasNoLargestElement() {
        #expect(HostArray([Float](), shape: [0]).argmax() == [])
        #expect(HostArray([Float](), shape: [0, 2]).argmax(axis: 0) == [])
        #expect(HostArray([Float](), shape: [2, 0]).argmax() == [])
    }

    @Test func argmaxTakesNaNAsLargest() {
        #expect(HostArray([1, .nan, 3, .nan] as [Float], shape: [1, 4]).argmax() == [1])
    }

    @Test func rowsAndConversions() {
        let array = HostArray([0.5, -1.5, 2, 3] as [Float], shape: [2, 2])
        #expect(array[1] == [2, 3])
        #expect(array.ints == [0, -1, 2, 3])
        #expect(HostArray([1, 2]).floats == [1, 2])
        #expect(HostArray([.nan, .infinity] as [Float], shape: [2]).ints == [0, 0])
    }

    @Test func printsAsNumPy() throws {
        let file = try golden("texts")
        for entry in try #require(file["arrays"]?.array) {
            let values = try #require(entry["values"]?.array).map { Float($0.double ?? .nan) }
            let shape = try #require(entry["shape"]?.array).compactMap(\.int)
            #expect(HostArray(values, shape: shape).description == entry["text"]?.string)
        }
        #expect(
            HostArray([1, -20, 300, 4], shape: [2, 2]).description == file["int_array"]?.string)
    }
}
