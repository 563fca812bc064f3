import Foundation
import Testing
import TuneBase
import TuneTrainer

/// Pickles that would run code, exhaust memory or confuse a reader: all are refused by name.
@Suite struct HostilePickleTests {
    /// Opens every pickle and expects a refusal, and that no command has run.
    private func expectRefusals(
        _ pickles: [(name: String, bytes: [UInt8])], mention: String = "state.pt"
    ) throws {
        try withTemporaryDirectory { directory in
            for (name, bytes) in pickles {
                let error = #expect(throws: TuneError.self, "\(name)") {
                    _ = try openTorchFile(torchFile(bytes), in: directory)
                }
                #expect(error?.code == .badData, "\(name)")
                #expect(error?.message.contains(mention) == true, "\(name)")
            }
            #expect(!FileManager.default.fileExists(atPath: canary))
        }
    }

    private let canary = NSTemporaryDirectory() + "canary-of-hostile-pickles"
    private var command: [UInt8] { Pickle.text("touch \(canary)") }

    private let callables = [
        "os.system", "posix.system", "nt.system", "os.popen", "os.execv", "builtins.eval",
        "builtins.exec", "builtins.getattr", "builtins.__import__", "__builtin__.eval",
        "builtins.open", "subprocess.Popen", "subprocess.check_output", "subprocess.run",
        "importlib.import_module", "runpy.run_path", "pty.spawn", "shutil.rmtree",
        "socket.socket", "webbrowser.open", "pickle.loads", "marshal.loads", "code.interact",
        "timeit.timeit", "functools.partial", "operator.attrgetter", "collections.defaultdict",
        "torch.load", "torch.jit.load", "torch.hub.load", "torch.storage._load_from_bytes",
        "torch._utils._rebuild_tensor_v3", "torch._dynamo.guards.GuardBuilder", "numpy.load",
        "numpy.f2py.crackfortran.param_eval", "transformers.TrainingArguments", "types.CodeType",
    ]

    @Test func callsAreRefusedByName() throws {
        for callable in callables {
            let dot = try #require(callable.lastIndex(of: "."))
            let module = String(callable[..<dot])
            let name = String(callable[callable.index(after: dot)...])
            let global = Pickle.global(module, name)
            let onStack = Pickle.text(module) + Pickle.text(name) + [0x93]
            try expectRefusals(
                [
                    ("REDUCE", Pickle.call(global, [command])),
                    ("STACK_GLOBAL", Pickle.call(onStack, [command])),
                    ("unused", global),
                    ("value", Pickle.emptyDict + Pickle.text("state") + global + Pickle.setItem),
                    (
                        "argument",
                        Pickle.call(Pickle.global("collections", "OrderedDict"), [global])
                    ),
                    ("BUILD", Pickle.emptyDict + global + Pickle.build),
                    ("memo", global + Pickle.put(0) + Pickle.get(0)),
                ].map { ($0.0, Pickle.file($0.1)) }, mention: "'\(callable)'")
        }
    }

    @Test func instructionsThatMakeObjectsAreRefused() throws {
        let global = Pickle.global("collections", "OrderedDict")
        try expectRefusals(
            [
                ("INST", Pickle.mark + command + Array("ios\nsystem\n".utf8)),
                ("OBJ", Pickle.mark + global + command + [0x6F]),
                ("NEWOBJ", global + Pickle.emptyTuple + [0x81]),
                ("NEWOBJ_EX", global + Pickle.emptyTuple + Pickle.emptyDict + [0x92]),
                ("EXT1", [0x82, 1]), ("PERSID", Array("P0\n".utf8)),
                ("BYTEARRAY8", [0x96] + Pickle.number(UInt64.max)),
                ("BINUNICODE8", [0x8D] + Pickle.number(UInt64.max)),
            ].map { ($0.0, Pickle.file($0.1)) })
    }

    /// The reader knows 37 instructions; every other byte is refused where an instruction is due.
    @Test func unknownInstructionsAreRefused() throws {
        let known: Set<UInt8> = Set("N.(JKMXB)t]aeu}sqhcRbQrjCG".utf8).union([
            0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x93, 0x94, 0x95,
        ])
        let others = (UInt8.min...UInt8.max).filter { !known.contains($0) }
        #expect(others.count > 200)
        try expectRefusals(
            others.map { ("\($0)", Pickle.file([$0, 0, 0, 0, 0])) }, mention: "instruction")
    }

    @Test func callsOfDataWithOtherArgumentsAreRefused() throws {
        let ordered = Pickle.global("collections", "OrderedDict")
        let encode = Pickle.global("_codecs", "encode")
        let type = Pickle.global("numpy", "dtype")
        try expectRefusals(
            [
                ("of a result", Pickle.call(Pickle.call(ordered, []), [command])),
                ("of a text", Pickle.call(command, [])),
                ("without a tuple", ordered + command + Pickle.reduce),
                ("pairs", Pickle.call(ordered, [Pickle.emptyList])),
                ("rot13", Pickle.call(encode, [command, Pickle.text("rot13")])),
                ("wide", Pickle.call(encode, [Pickle.text("Ā"), Pickle.text("latin1")])),
                (
                    "object type",
                    Pickle.call(type, [Pickle.text("O8"), Pickle.falsehood, Pickle.falsehood])
                ),
                ("array", Pickle.call(Pickle.global("numpy", "ndarray"), [Pickle.sizes([1])])),
                ("storage", Pickle.call(Pickle.global("torch", "FloatStorage"), [])),
                (
                    "hooks",
                    Pickle.call(
                        Pickle.global("torch._utils", "_rebuild_tensor_v2"),
                        [
                            Pickle.storage(0), Pickle.int(0), Pickle.sizes([0]),
                            Pickle.sizes([1]), Pickle.falsehood,
                            Pickle.emptyDict + command + command + Pickle.setItem,
                        ])
                ),
            ].map { ($0.0, Pickle.file($0.1)) })
    }

    @Test func fillingIsRefused() throws {
        let state = Pickle.emptyDict + Pickle.text("__setstate__") + command + Pickle.setItem
        let values: [(String, [UInt8])] = [
            ("dictionary", Pickle.emptyDict), ("list", Pickle.emptyList), ("text", command),
            ("ordered", Pickle.call(Pickle.global("collections", "OrderedDict"), [])),
            ("name", Pickle.global("torch", "FloatStorage")), ("storage", Pickle.storage(0)),
            ("tensor", Pickle.tensor(count: 0, shape: [0], strides: [1])),
        ]
        for fill in [state, Pickle.tuple([state]), Pickle.emptyTuple] {
            try expectRefusals(
                values.map { ($0.0, Pickle.file($0.1 + fill + Pickle.build)) }, mention: "BUILD")
        }
    }

    @Test func bombsAreRefused() throws {
        let text = Pickle.text(String(repeating: "a", count: 1 << 20)) + Pickle.put(0)
        let encode =
            Pickle.call(
                Pickle.global("_codecs", "encode"), [Pickle.get(0), Pickle.text("latin1")])
        let nestedLists = (0..<100).reduce(Pickle.emptyList) { inner, _ in
            Pickle.emptyList + inner + Pickle.append
        }
        let listInItself: [UInt8] = [
            Pickle.emptyList, Pickle.put(0), Pickle.get(0), Pickle.append,
        ].flatMap { $0 }
        let dictionaryInItself: [UInt8] = [
            Pickle.emptyDict, Pickle.put(0), Pickle.text("a"), Pickle.get(0), Pickle.setItem,
        ].flatMap { $0 }
        let cycleOfTwo: [UInt8] = [
            Pickle.emptyList, Pickle.put(0), Pickle.emptyList, Pickle.put(1), Pickle.get(0),
            Pickle.append, Pickle.append, Pickle.get(0), Pickle.get(1), Pickle.append,
        ].flatMap { $0 }
        let bytes: [UInt8] = Pickle.mark + text + Array(repeating: encode, count: 40).flatMap { $0 }
        let fourTexts: [UInt8] = Array(repeating: Pickle.text("a"), count: 4).flatMap { $0 }
        let tuples: [UInt8] = Pickle.emptyTuple + [UInt8](repeating: 0x85, count: 100_000)
        let twice: [UInt8] = Pickle.emptyDict + Pickle.mark + fourTexts + Pickle.setItems
        let bombs: [(String, [UInt8])] = [
            ("tuples", tuples), ("lists", nestedLists), ("list in itself", listInItself),
            ("dictionary in itself", dictionaryInItself), ("cycle of two", cycleOfTwo),
            ("bytes", bytes), ("marks", [UInt8](repeating: 0x28, count: 100_000)),
            ("values", [UInt8](repeating: 0x4E, count: 100_000)), ("twice", twice),
        ]
        try expectRefusals(bombs.map { ($0.0, Pickle.file($0.1)) })
    }

    @Test func missingValuesAreRefused() throws {
        let opcodes: [UInt8] = [
            0x74, 0x85, 0x86, 0x87, 0x61, 0x65, 0x73, 0x75, 0x71, 0x94, 0x52, 0x62, 0x51, 0x93,
        ]
        let alone: [(String, [UInt8])] = opcodes.map { ("\($0)", Pickle.file([$0, 0])) }
        let marked: [(String, [UInt8])] = opcodes.map {
            ("\($0)", Pickle.file([0x4E, 0x28, $0, 0]))
        }
        let others: [(String, [UInt8])] = [
            ("get", Pickle.file(Pickle.get(7))), ("nothing", Pickle.file([])),
            ("two", Pickle.file([0x4E, 0x4E])), ("rest", Pickle.file([0x4E, 0x2E])),
            ("protocol", [0x80, 9, 0x4E, 0x2E]), ("old", [0x4E, 0x2E]), ("empty", []),
            ("again", Pickle.file([0x80, 2, 0x4E])),
        ]
        try expectRefusals(alone + marked + others)
    }

    @Test func lengthsBeyondTheEndAreRefused() throws {
        try expectRefusals(
            [
                ("text", [0x58] + Pickle.number(UInt32.max)),
                ("bytes", [0x42] + Pickle.number(UInt32.max)), ("short", [0x8C, 255]),
                ("short bytes", [0x43, 255]), ("frame", [0x95] + Pickle.number(UInt64.max)),
                ("frame 63", [0x95] + Pickle.number(UInt64.max >> 1)),
                ("long", [0x8A, 9] + [UInt8](repeating: 1, count: 9)), ("long end", [0x8A, 8]),
                ("float", [0x47, 0]), ("line", Array("cos".utf8)),
                ("long line", [0x63] + [UInt8](repeating: 0x61, count: 10_000)),
                ("bad text", [0x58, 1, 0, 0, 0, 0xFF]),
            ].map { ($0.0, Pickle.file($0.1)) })
    }

    @Test func tensorsOutsideTheirStorageAreRefused() throws {
        try expectRefusals(
            [
                ("too long", Pickle.tensor(count: 4, shape: [5], strides: [1])),
                ("offset", Pickle.tensor(count: 4, offset: 1, shape: [4], strides: [1])),
                ("negative offset", Pickle.tensor(count: 4, offset: -1, shape: [1], strides: [1])),
                ("negative size", Pickle.tensor(count: 4, shape: [-1], strides: [1])),
                ("negative stride", Pickle.tensor(count: 4, shape: [2], strides: [-1])),
                ("overlap", Pickle.tensor(count: 4, shape: [2, 2], strides: [0, 0])),
                ("gap", Pickle.tensor(count: 4, shape: [2], strides: [2])),
                ("ranks", Pickle.tensor(count: 4, shape: [2, 2], strides: [1])),
                (
                    "overflow",
                    Pickle.tensor(
                        count: 4, shape: [Int32](repeating: .max, count: 3), strides: [1, 1, 1])
                ),
                ("negative storage", Pickle.tensor(count: -1, shape: [0], strides: [1])),
            ].map { ($0.0, Pickle.file($0.1)) })
    }
}
