import FineTuneKit

/// Measures the three matrix products of linear layers, by every library there is.
struct GemmBench {
    private let shapes: [[Int]]
    private let isBFloat16: Bool

    /// Reads shapes like `426x768x3072,426x768x768`; nil takes those of BERT-base and of the demo
    /// checkpoint with the tokens of a batch of eight pairs and of thirty-two.
    ///
    /// - Throws: `TuneError` for shapes that are none.
    init(shapes: String?, isBFloat16: Bool) throws {
        self.isBFloat16 = isBFloat16
        self.shapes = try (shapes ?? Self.usual).split(separator: ",").map { text in
            let shape = try numbers(String(text), option: "--shapes", separator: "x")
            guard shape.count == 3 else {
                throw TuneError(
                    .usage, "--shapes has '\(text)'.",
                    remedy: "A shape is tokens x inputs x outputs, like 426x768x3072.")
            }
            return shape
        }
    }

    private static let usual =
        "426x768x768,426x768x3072,426x3072x768,1704x768x3072,426x384x384,426x384x1536,426x1536x384"

    /// Measures.
    func callAsFunction() throws -> any BenchReport {
        var rows: [GemmReport.Row] = []
        for shape in shapes {
            for kind in MatrixProduct.Kind.allCases {
                let product = MatrixProduct(
                    kind, rows: shape[0], inputs: shape[1], outputs: shape[2],
                    isBFloat16: isBFloat16)
                let rates = try MatrixProduct.Path.allCases.map { path in
                    try product.shortestTime(by: path).map { product.operations / $0 }
                }
                rows.append(GemmReport.Row(product: product, rates: rates))
            }
        }
        return GemmReport(rows: rows, isBFloat16: isBFloat16, threads: TorchRuntime.threads)
    }
}

/// Rates of matrix products.
struct GemmReport: BenchReport {
    /// One product; the rates of `MatrixProduct.Path.allCases` in operations per second.
    struct Row {
        let product: MatrixProduct
        let rates: [Double?]
    }

    let rows: [Row]
    let isBFloat16: Bool
    let threads: Int

    /// The best rate of oneDNN, or of libtorch where there is no oneDNN.
    private var peak: Double {
        let best = { (path: MatrixProduct.Path) in
            rows.compactMap { $0.rates[Int(path.rawValue)] }.max()
        }
        return best(.oneDNN) ?? best(.libtorch) ?? 0
    }

    var text: String {
        var table = TextTable("tokens x inputs x outputs", "product", "fused", "libtorch", "oneDNN")
        for row in rows {
            let product = row.product
            let rates = row.rates.map { $0.map { fixed($0 * 1e-9, 0) } ?? "-" }
            table.add(
                "\(product.rows) x \(product.inputs) x \(product.outputs)", product.kind.symbol,
                rates[0], rates[1], rates[2])
        }
        let type = isBFloat16 ? "bf16" : "fp32"
        return "GFLOP/s, \(type), \(threads) threads; best of several runs\n\n"
            + "\(table.text)\n\npeak \(fixed(peak * 1e-9, 0)) GFLOP/s"
    }

    var json: JSONObject {
        JSONObject([
            ("bf16", .bool(isBFloat16)), ("threads", .int(threads)),
            ("peak_gflops", .double(peak * 1e-9)),
            (
                "products",
                .array(
                    rows.map { row in
                        .object(
                            JSONObject(
                                [
                                    ("tokens", .int(row.product.rows)),
                                    ("inputs", .int(row.product.inputs)),
                                    ("outputs", .int(row.product.outputs)),
                                    ("product", .string("\(row.product.kind)")),
                                ]
                                    + zip(MatrixProduct.Path.allCases, row.rates).map {
                                        ("\($0)", $1.map { .double($0 * 1e-9) } ?? .null)
                                    }))
                    })
            ),
        ])
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
