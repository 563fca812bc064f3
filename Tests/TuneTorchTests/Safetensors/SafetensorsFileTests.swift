import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTorch

struct SafetensorsFileTests {
    let directory = TemporaryDirectory()
    let sample = URL(fileURLWithPath: fixtures() + "/types.safetensors")

    @Test func everyTypeIsRead() throws {
        let file = try SafetensorsFile(contentsOf: sample)
        #expect(file.metadata == ["format": "pt"])
        #expect(file.names.count == 13 && file.names.first == "ids" && file.names.last == "flags")
        func read(_ name: String, _ dtype: DType, _ shape: [Int]) throws -> Tensor {
            let tensor = try file.tensor(name)
            #expect(tensor.dtype == dtype && tensor.shape == shape, "\(name)")
            #expect(file.info(name)?.dtype == dtype && file.info(name)?.shape == shape)
            return tensor
        }
        #expect(try read("bytes", .uint8, [2]).ints() == [1, 255])
        #expect(try read("flags", .bool, [3]).bools() == [true, false, true])
        #expect(try read("z.bias", .float32, [2]).floats() == [0.5, -0.5])
        #expect(try read("a.weight", .float32, [2, 3]).floats() == [0, 1, 2, 3, 4, 5])
        #expect(try read("ids", .int64, [2]).ints() == [1, -2])
        #expect(try read("half", .float16, [3]).floats() == [1.5, 2.5, 3.5])
        #expect(try read("brain", .bfloat16, [2, 1]).floats() == [1, 2])
        #expect(try read("double", .float64, [1]).item() == 0.1)
        #expect(try read("short", .int16, [1]).itemInt() == -300)
        #expect(try read("tiny", .int8, [1]).itemInt() == -3)
        #expect(try read("int", .int32, [1]).itemInt() == 70000)
        #expect(try read("größe \"x\"\n", .float32, []).item() == 3.25)
        #expect(try read("empty", .float32, [0, 4]).count == 0)
    }

    @Test func tensorsOutliveTheFileObjectAndNeverChangeTheFile() throws {
        let copy = directory.file("copy.safetensors")
        let bytes = try Data(contentsOf: sample)
        try bytes.write(to: copy)
        let tensor = try SafetensorsFile(contentsOf: copy).tensor("a.weight")
        #expect(tensor.floats() == [0, 1, 2, 3, 4, 5])
        #expect(tensor.fill_(9).floats() == Array(repeating: 9, count: 6))
        #expect(try Data(contentsOf: copy) == bytes)
        #expect(try SafetensorsFile(contentsOf: copy).tensor("a.weight").floats()[0] == 0)
    }

    /// Only whole pages of a tensor are given back, where the system does that: those that it shares
    /// with others stay.
    @Test func discardedTensorsAreReadAnewAndOthersStay() throws {
        let path = directory.file("three.safetensors")
        let page = sysconf(Int32(_SC_PAGESIZE)) / MemoryLayout<Float>.size
        let numbers = 3 * page
        let names = ["a", "b", "c"]
        try writeSafetensors(names.map { ($0, Tensor.full([numbers], 1)) }, metadata: [:], to: path)
        let file = try SafetensorsFile(contentsOf: path)
        let tensors = try names.map { try file.tensor($0) }
        for tensor in tensors { tensor.fill_(2) }
        for name in ["b", "unknown"] { file.discard(name) }
        #expect(tensors[0].floats().allSatisfy { $0 == 2 })
        #expect(tensors[2].floats().allSatisfy { $0 == 2 })
        #if os(Linux)
        // A part of a page at each end is shared with a neighbour.
        #expect(tensors[1].floats().filter { $0 == 1 }.count >= numbers - 2 * page)
        #endif
    }

    @Test func misalignedTensorsAreCopied() throws {
        let header =
            #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
            + #""b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}"#
        let file = try write(header, [7] + withUnsafeBytes(of: Float(2.5)) { Array($0) })
        #expect(try SafetensorsFile(contentsOf: file).tensor("b").item() == 2.5)
    }

    @Test func unknownNamesAreSuggested() throws {
        let file = try SafetensorsFile(contentsOf: sample)
        let error = try #require(throws: TuneError.self) { try file.tensor("a.weigth") }
        #expect(error.message.contains("types.safetensors") && error.message.contains("a.weigth"))
        #expect(error.remedy == "Did you mean 'a.weight'?")
        #expect(file.info("nothing") == nil)
    }

    @Test func typesThatTensorsCannotHaveAreRefusedOnReading() throws {
        let header = #"{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}"#
        let file = try SafetensorsFile(contentsOf: write(header, [1, 2]))
        #expect(file.info("a")?.dtypeName == "F8_E4M3" && file.info("a")?.dtype == nil)
        let error = try #require(throws: TuneError.self) { try file.tensor("a") }
        #expect(error.message.contains("F8_E4M3"))
    }

    @Test func fileCutShortAfterOpeningIsAnError() throws {
        let file = try write(
            #"{"a":{"dtype":"U8","shape":[9999],"data_offsets":[0,9999]}}"#,
            Array(repeating: 1, count: 9999))
        let open = try SafetensorsFile(contentsOf: file)
        try FileHandle(forWritingTo: file).truncate(atOffset: 100)
        let error = try #require(throws: TuneError.self) { try open.tensor("a") }
        #expect(error.code == .io && error.message.contains("shorter"))
    }

    @Test func missingFileIsAnError() throws {
        let error = try #require(throws: TuneError.self) {
            try SafetensorsFile(contentsOf: directory.file("absent"))
        }
        #expect(error.code == .missingInput && error.message.contains("absent"))
    }

    @Test func directoryIsAnError() throws {
        let error = try #require(throws: TuneError.self) {
            try SafetensorsFile(contentsOf: directory.url)
        }
        #expect(error.code == .io)
    }

    @Test(arguments: Malformation.all)
    func malformedFilesAreRefused(_ malformation: Malformation) throws {
        let file = directory.file("bad.safetensors")
        try Data(malformation.bytes).write(to: file)
        let error = try #require(throws: TuneError.self) { try SafetensorsFile(contentsOf: file) }
        #expect(error.code == .badData)
        #expect(error.message.contains(file.path))
        #expect(error.message.contains(malformation.complaint), "\(error.message)")
    }

    @Test func damagedHeadersNeverTrap() throws {
        let bytes = Array(try Data(contentsOf: sample))
        let headerEnd = bytes.count - 78
        var accepted = 0
        for position in stride(from: 0, to: headerEnd, by: 7) {
            for change in [0x01, 0x10, 0x80] as [UInt8] {
                var damaged = bytes
                damaged[position] ^= change
                let file = directory.file("damaged.safetensors")
                try Data(damaged).write(to: file)
                do {
                    let open = try SafetensorsFile(contentsOf: file)
                    for name in open.names { _ = try open.tensor(name).floats() }
                    accepted += 1
                } catch is TuneError {}
            }
        }
        // Letters of names and metadata may change; structure, types and numbers may not.
        #expect(accepted > 0 && accepted < headerEnd)
    }

    @Test func manyTensorsAreRefused() throws {
        let entries = (0..<1_000_002).map { "\"\($0)\":0" }
        let file = try write("{" + entries.joined(separator: ",") + "}", [])
        let error = try #require(throws: TuneError.self) { try SafetensorsFile(contentsOf: file) }
        #expect(error.message.contains("more than 1000000 tensors"))
    }

    private func write(_ header: String, _ data: [UInt8]) throws -> URL {
        let file = directory.file("test.safetensors")
        try Data(safetensors(header, data)).write(to: file)
        return file
    }
}
