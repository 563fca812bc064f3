import FineTuneKit
import Foundation

/// Measures the three matrix products of linear layers, by every library there is.
struct GemmBench {
    private let products: [MatrixProduct]
    private let isBFloat16: Bool
    private let stores: Bool

    /// Reads shapes like `426x768x3072,426x768x768x3`, the last number being that of joined weights.
    ///
    /// - Parameters:
    ///   - shapes: nil takes those of BERT-base and of the demo checkpoint, with the tokens of a batch
    ///     of eight pairs and of thirty-two, or, to choose, with many numbers of tokens.
    ///   - isBFloat16: Whether operands are bfloat16.
    ///   - stores: Whether the fastest libraries are chosen for later runs.
    /// - Throws: `TuneError` for shapes that are none.
    init(shapes: String?, isBFloat16: Bool, stores: Bool) throws {
        (self.isBFloat16, self.stores) = (isBFloat16, stores)
        let list = try shapes.map(Self.parse) ?? (stores ? Self.all : Self.usual)
        products = list.flatMap { shape in
            // The gradients of joined weights are computed one by one.
            MatrixProduct.Kind.allCases.filter { $0 != .weightGradient || shape[3] == 1 }.map {
                MatrixProduct(
                    $0, rows: shape[0], inputs: shape[1], outputs: shape[2], weights: shape[3],
                    isBFloat16: isBFloat16)
            }
        }
    }

    private static func parse(_ text: String) throws -> [[Int]] {
        try text.split(separator: ",").map { text in
            let shape = try numbers(String(text), option: "--shapes", separator: "x")
            guard 3...4 ~= shape.count else {
                throw TuneError(
                    .usage, "--shapes has '\(text)'.",
                    remedy: "A shape is tokens x inputs x outputs, like 426x768x3072.")
            }
            return shape.count == 3 ? shape + [1] : shape
        }
    }

    private static let usual = [
        [426, 768, 768, 3], [426, 768, 768, 1], [426, 768, 3072, 1], [426, 3072, 768, 1],
        [1704, 768, 3072, 1], [426, 384, 384, 3], [426, 384, 384, 1], [426, 384, 1536, 1],
        [426, 1536, 384, 1],
    ]

    /// The layers of encoders by their width, with numbers of tokens in the middle of all buckets.
    private static let all = [384, 768].flatMap { width in
        [101, 202, 405, 810, 1621, 3077].flatMap { rows in
            [
                [rows, width, width, 3], [rows, width, width, 1], [rows, width, 4 * width, 1],
                [rows, 4 * width, width, 1],
            ]
        }
    }

    /// Measures.
    func callAsFunction() throws -> any BenchReport {
        if let problem = ProductChoices.use() { Notices.write(problem, as: .warning) }
        let times = try products.map { ($0, try $0.times()) }
        let file = stores ? try ProductChoices.store(times) : nil
        let rows = try times.map { product, times in
            GemmReport.Row(
                product: product, times: times,
                peak: product.operations / Double(product.weights)
                    / (try product.peakTime(budget: stores ? 0 : 0.2)))
        }
        return GemmReport(
            rows: rows, isBFloat16: isBFloat16, threads: TorchRuntime.threads, file: file?.path)
    }
}

/// Rates of matrix products.
struct GemmReport: BenchReport {
    /// One product, with the rate in operations per second that a library reaches at best.
    struct Row {
        let product: MatrixProduct
        let times: [MatrixProduct.Path: MatrixProduct.Time]
        let peak: Double

        /// Operations per second.
        func rate(_ path: MatrixProduct.Path) -> Double? {
            times[path].map { product.operations / $0.shortest }
        }
    }

    let rows: [Row]
    let isBFloat16: Bool
    let threads: Int
    /// Where choices were stored.
    let file: String?

    private var peak: Double { rows.map(\.peak).max() ?? 0 }

    var text: String {
        let paths = MatrixProduct.Path.allCases
        var table = TextTable(
            ["tokens x inputs x outputs", "product"] + paths.map(\.name) + ["peak", "taken"])
        for row in rows {
            let rates = paths.map { row.rate($0).map { fixed($0 * 1e-9, 0) } ?? "-" }
            table.add(
                [row.product.shape, row.product.kind.symbol] + rates
                    + [fixed(row.peak * 1e-9, 0), row.product.path.name])
        }
        let type = isBFloat16 ? "bf16" : "fp32"
        let stored = file.map { "\n\nStored in \($0); remove it to choose anew." } ?? ""
        return "GFLOP/s, \(type), \(threads) threads; best of several runs\n\n"
            + "\(table.text)\n\npeak \(fixed(peak * 1e-9, 0)) GFLOP/s\(stored)"
    }

    var json: JSONObject {
        JSONObject([
            ("bf16", .bool(isBFloat16)), ("threads", .int(threads)),
            ("peak_gflops", .double(peak * 1e-9)),
            ("stored", file.map { .string($0) } ?? .null),
            ("products", .array(rows.map { .object(members($0)) })),
        ])
    }

    private func members(_ row: Row) -> JSONObject {
        let product = row.product
        return JSONObject(
            [
                ("tokens", .int(product.rows)), ("inputs", .int(product.inputs)),
                ("outputs", .int(product.outputs)), ("weights", .int(product.weights)),
                ("product", .string("\(product.kind)")), ("taken", .string(product.path.name)),
                ("peak", .double(row.peak * 1e-9)),
            ]
                + MatrixProduct.Path.allCases.map { path in
                    (path.name, row.rate(path).map { .double($0 * 1e-9) } ?? .null)
                })
    }
}

extension MatrixProduct {
    fileprivate var shape: String {
        "\(rows) x \(inputs) x \(weights > 1 ? "\(weights) * " : "")\(outputs)"
    }
}

extension MatrixProduct.Kind {
    fileprivate var symbol: String {
        switch self {
        case .forward: "y = x wT"
        case .inputGradient: "dx = dy w"
        case .weightGradient: "dw = dyT x"
        }
    }
}
