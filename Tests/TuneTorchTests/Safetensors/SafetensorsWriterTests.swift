import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTorch

struct SafetensorsWriterTests {
    let directory = TemporaryDirectory()
    let sample = URL(fileURLWithPath: fixtures() + "/types.safetensors")

    @Test func bytesAreThoseOfThePythonPackage() throws {
        let source = try SafetensorsFile(contentsOf: sample)
        let tensors = try source.names.sorted().map { ($0, try source.tensor($0)) }
        let copy = directory.file("copy.safetensors")
        try writeSafetensors(tensors, to: copy)
        #expect(try Data(contentsOf: copy) == Data(contentsOf: sample))
    }

    @Test func viewsAreWrittenInRowMajorOrder() throws {
        let tensor = Tensor([1.0, 2.0, 3.0, 4.0], [2, 2]).transpose(0, 1)
        tensor.requiresGrad = true
        let file = directory.file("view.safetensors")
        try writeSafetensors([("t", tensor)], metadata: [:], to: file)
        let read = try SafetensorsFile(contentsOf: file)
        #expect(try read.tensor("t").floats() == [1, 3, 2, 4])
        #expect(read.metadata == [:])
    }

    @Test func nothingAtAllCanBeWritten() throws {
        let file = directory.file("nothing.safetensors")
        try writeSafetensors([], to: file)
        let text = #"{"__metadata__":{"format":"pt"}}"#
        #expect(try Data(contentsOf: file) == Data(safetensors(text, [])))
        #expect(try SafetensorsFile(contentsOf: file).names == [])
    }

    @Test func canonicallyEquivalentNamesAreDifferent() throws {
        let file = directory.file("names.safetensors")
        try writeSafetensors([("\u{E9}", Tensor([1])), ("e\u{301}", Tensor([2]))], to: file)
        let read = try SafetensorsFile(contentsOf: file)
        #expect(try read.tensor("\u{E9}").itemInt() == 1)
        #expect(try read.tensor("e\u{301}").itemInt() == 2)
    }

    @Test(arguments: [["a", "a"], ["__metadata__"]])
    func namesThatCannotBeWritten(_ names: [String]) {
        let file = directory.file("bad.safetensors")
        #expect(throws: TuneError.self) {
            try writeSafetensors(names.map { ($0, Tensor([1])) }, to: file)
        }
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test func failureLeavesTheOldFile() throws {
        let file = directory.file("old.safetensors")
        try writeSafetensors([("a", Tensor([1]))], to: file)
        #expect(throws: (any Error).self) {
            try catchingTorchErrors {
                try writeSafetensors([("a", Tensor([1]).view([2]))], to: file)
            }
        }
        #expect(try SafetensorsFile(contentsOf: file).tensor("a").itemInt() == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).count == 1)
    }
}
