// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every Swift target; nothing else may set them.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Where `Tools/bootstrap.py` puts libtorch and Arrow C++.
let dependencies = "\(Context.packageDirectory)/.deps"
let torchHeaders = ["torch/include", "torch/include/torch/csrc/api/include"]
let arrowHeaders = ["arrow/include"]

/// A C++ target behind a C header: the only places that see the headers of a native library.
func fence(_ name: String, headers: [String], libraries: [String], from folder: String) -> Target {
    let libraryFolder = "\(dependencies)/\(folder)/lib"
    return .target(
        name: name,
        cxxSettings: [.unsafeFlags(headers.flatMap { ["-isystem", "\(dependencies)/\($0)"] })],
        linkerSettings: [
            .unsafeFlags(["-L\(libraryFolder)", "-Xlinker", "-rpath", "-Xlinker", libraryFolder])
        ] + libraries.map { .linkedLibrary($0) })
}

/// One library module, its mirror test target, and who it may import.
///
/// Tests read files of `Fixtures` where they lie, so the build leaves them alone; `fixtures` is
/// false where there are none.
func module(
    _ name: String, imports: [Target.Dependency] = [], fixtures: Bool = true
) -> [Target] {
    [
        .target(name: name, dependencies: imports, swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests",
            dependencies: [.byName(name: name), "TuneTestSupport"] + imports,
            exclude: fixtures ? ["Fixtures"] : [], swiftSettings: strict),
    ]
}

/// What `import FineTuneKit` brings.
let modules: [Target.Dependency] = [
    "TuneBase", "TuneDatasets", "TuneTokenizers", "TuneMetrics", "TuneTorch", "TuneNN", "TuneOptim",
    "TuneBatching", "TuneModels", "TuneAccelerator", "TuneHub", "TuneTrainer",
]

/// What a program needs.
///
/// `FineTuneKit` would be enough to build it, but an incremental build only
/// notices changes of modules that are named.
let kit: [Target.Dependency] = ["FineTuneKit"] + modules

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

/// A program of `Examples/`: what a user's own `main.swift` looks like.
func example(_ name: String) -> Target {
    .executableTarget(
        name: name, dependencies: kit + ["ExampleInputs"], path: "Examples/\(name)",
        swiftSettings: [.swiftLanguageMode(.v6)])
}

let examples = [
    "ProcessingTheData", "BasicFineTuning", "EvaluationEachEpoch", "TrainingLoop",
    "TrainingLoopWithAccelerator", "ParaphraseDemo",
]

/// The examples, what they share, and the tests of programs and of everything together.
let programs: [Target] =
    examples.map(example) + [
        .target(
            name: "ExampleInputs", dependencies: kit, path: "Examples/Inputs",
            swiftSettings: strict),
        .target(
            name: "ProgramTestSupport", dependencies: kit + ["TuneTestSupport"],
            path: "Tests/ProgramTestSupport", swiftSettings: strict),
        .testTarget(
            name: "FineTuneCLITests",
            dependencies: kit + ["FineTuneCLI", "ProgramTestSupport", crypto],
            swiftSettings: strict),
        .testTarget(
            name: "ParityTests", dependencies: kit + ["TuneTestSupport"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .executableTarget(
            name: "ReliabilityRun", dependencies: kit + ["TuneTestSupport", crypto],
            path: "Tests/ReliabilityRun", swiftSettings: strict),
        .testTarget(
            name: "ReliabilityTests", dependencies: ["ReliabilityRun", "ProgramTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ExamplesTests",
            dependencies: examples.map { .byName(name: $0) } + ["ProgramTestSupport"],
            swiftSettings: strict),
    ]

let package = Package(
    name: "fine-tune",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FineTuneKit", targets: ["FineTuneKit"]),
        .executable(name: "finetune", targets: ["FineTuneCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        fence(
            "CTuneTorch", headers: torchHeaders, libraries: ["torch_cpu", "c10"], from: "torch"),
        fence(
            "CTuneArrow", headers: arrowHeaders, libraries: ["arrow", "arrow_compute", "parquet"],
            from: "arrow"),
        fence("CTuneHash", headers: arrowHeaders, libraries: [], from: "arrow"),
        .target(
            name: "CTuneCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(
            name: "FineTuneKit", dependencies: modules, swiftSettings: strict),
        .executableTarget(
            name: "FineTuneCLI", dependencies: kit + [arguments, yaml],
            swiftSettings: strict),
        .target(
            name: "TuneTestSupport", dependencies: ["TuneBase"], path: "Tests/TuneTestSupport",
            exclude: ["Hub/fake_hub.py"], swiftSettings: strict),
    ]
        // Foundations and data: no tensors.
        + module("TuneBase", imports: [log], fixtures: false)
        + module("TuneDatasets", imports: ["TuneBase", "CTuneArrow", log, yaml])
        + module("TuneTokenizers", imports: ["TuneBase", log])
        + module("TuneMetrics", imports: ["TuneBase", log])
        + module("TuneHub", imports: ["TuneBase", "CTuneCurl", log, crypto], fixtures: false)
        // Tensors.
        + module("TuneTorch", imports: ["TuneBase", "CTuneTorch"])
        + module("TuneNN", imports: ["TuneBase", "TuneTorch"], fixtures: false)
        + module("TuneOptim", imports: ["TuneBase", "TuneTorch"])
        // Data meets tensors; models; devices.
        + module(
            "TuneBatching",
            imports: ["TuneBase", "TuneDatasets", "TuneTokenizers", "TuneTorch", log])
        + module("TuneModels", imports: ["TuneBase", "TuneTorch", "TuneNN", log])
        + module(
            "TuneAccelerator",
            imports: ["TuneBase", "TuneTorch", "TuneNN", "TuneOptim", "TuneBatching", log])
        // The loop and the command line.
        + module(
            "TuneTrainer",
            imports: [
                "TuneBase", "TuneTorch", "TuneNN", "TuneOptim", "TuneDatasets", "TuneTokenizers",
                "TuneBatching", "TuneAccelerator", "TuneMetrics", "CTuneHash", log, crypto,
            ])
        // Programs.
        + programs,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
