import Testing
import TuneTestSupport
import TuneTorch

/// Every path computes the same products, compared with float64 on the same numbers.
struct ProductPathsTests {
    /// Rows, inputs, outputs: one row, no multiples of anything, more rows than one block has.
    static let shapes = [
        [1, 16, 16], [1, 48, 34], [7, 30, 18], [33, 64, 48], [65, 34, 130], [130, 400, 72],
        [70, 1024, 32], [40, 32, 1024],
        [437, 48, 96], [1030, 20, 18], [1030, 1024, 18],
    ]

    private static func products(isBFloat16: Bool) -> [MatrixProduct] {
        shapes.flatMap { shape in
            MatrixProduct.Kind.allCases.flatMap { kind in
                (kind == .weightGradient ? [1] : [1, 3]).map {
                    MatrixProduct(
                        kind, rows: shape[0], inputs: shape[1], outputs: shape[2], weights: $0,
                        isBFloat16: isBFloat16)
                }
            }
        }
    }

    /// Matrices that the tests multiply, as a product of a kind takes them.
    private struct Case {
        let kind: MatrixProduct.Kind
        let left: Tensor
        let right: [Tensor]
        let bias: Tensor?
        /// What is in the result before.
        let before: Tensor

        init(_ product: MatrixProduct) {
            let (rows, inputs, outputs) = (product.rows, product.inputs, product.outputs)
            let (weights, isBFloat16) = (product.weights, product.isBFloat16)
            let draw = Operands(seed: UInt64(rows + 7 * weights))
            /// Rows with gaps, of numbers that need no further rounding.
            func matrix(_ height: Int, _ width: Int, gap: Int) -> Tensor {
                let numbers = draw.fixed([height, width + gap])
                let rounded = isBFloat16 ? numbers.to(.bfloat16).to(.float32) : numbers
                return rounded.narrow(dim: 1, start: gap / 2, length: width)
            }
            kind = product.kind
            switch kind {
            case .forward:
                left = matrix(rows, inputs, gap: 6)
                right = (0..<weights).map { _ in matrix(outputs, inputs, gap: 0) }
                before = matrix(rows, weights * outputs, gap: 4)
            case .inputGradient:
                left = matrix(rows, weights * outputs, gap: 6)
                right = (0..<weights).map { _ in matrix(outputs, inputs, gap: 0) }
                before = matrix(rows, inputs, gap: 4)
            case .weightGradient:
                left = matrix(rows, outputs, gap: 6)
                right = [matrix(rows, inputs, gap: 0)]
                before = matrix(outputs, inputs, gap: 0)
            }
            bias = kind == .forward ? draw.fixed([weights * outputs]) : nil
        }

        /// In float64.
        func expected(accumulates: Bool) -> Tensor {
            let a = left.to(.float64)
            let b = right.map { $0.to(.float64) }
            let product =
                switch kind {
                case .forward: Tensor.cat(b.map { a.matmul($0.transpose(0, 1)) }, dim: 1)
                case .inputGradient: a.matmul(Tensor.cat(b))
                case .weightGradient: a.transpose(0, 1).matmul(b[0])
                }
            let sum = accumulates ? product + before.to(.float64) : product
            return bias.map { sum + $0.to(.float64) } ?? sum
        }

        /// By a path; what is beside the result must stay.
        func computed(by path: MatrixProduct.Path, isBFloat16: Bool, accumulates: Bool) throws
            -> (result: Tensor, keepsNeighbours: Bool)
        {
            let gap = kind == .weightGradient ? 0 : 3
            let memory = Tensor.full([before.shape[0], before.shape[1] + gap], 7)
            let result = memory.narrow(dim: 1, start: 0, length: before.shape[1])
            // Nothing may be read of a result that is only written.
            if accumulates { result.copy_(before) } else { result.fill_(.nan) }
            try MatrixProduct.compute(
                kind, by: path, isBFloat16: isBFloat16, left, right, bias: bias, into: result,
                accumulates: accumulates)
            let beside = memory.narrow(dim: 1, start: before.shape[1], length: gap)
            return (result.clone(), beside.floats().allSatisfy { $0 == 7 })
        }
    }

    @Test(arguments: MatrixProduct.Path.allCases, [false, true])
    func pathEqualsTheExactProduct(path: MatrixProduct.Path, isBFloat16: Bool) throws {
        // Sums of float32 cost rounding of the order of 1e-7 of the largest; libraries give sums of
        // bfloat16 back with eight bits.
        let tolerance = !isBFloat16 ? 3e-6 : [.tiles, .widened].contains(path) ? 1e-5 : 5e-3
        try withEachInstructionSet { level in
            for product in Self.products(isBFloat16: isBFloat16) where product.has(path) {
                let operands = Case(product)
                for accumulates in [false, true] {
                    let (found, isClean) = try operands.computed(
                        by: path, isBFloat16: isBFloat16, accumulates: accumulates)
                    let error = relativeError(found, operands.expected(accumulates: accumulates))
                    #expect(
                        error < tolerance && isClean,
                        "\(level) \(path) \(product) \(accumulates): \(error)")
                }
            }
        }
    }

    @Test func bfloat16CanBeMultipliedInFloat32() {
        let product = MatrixProduct(.forward, rows: 9, inputs: 40, outputs: 48, isBFloat16: true)
        let single = MatrixProduct(.forward, rows: 9, inputs: 40, outputs: 48)
        #expect(!single.has(.widened))
        // Where there are tiles for float32 they can also be taken for bfloat16.
        #expect(product.has(.widened) == single.has(.tiles))
        #expect(product.usualPath != .libtorch || !single.has(.tiles))
    }

    @Test func wrongSizesAreRefused() {
        let x = Tensor.zeros([4, 16])
        let w = Tensor.zeros([16, 18])
        let y = Tensor.zeros([4, 16])
        for kind in MatrixProduct.Kind.allCases {
            #expect(throws: TorchError.self) {
                try MatrixProduct.compute(
                    kind, by: .libtorch, isBFloat16: false, x, [w], into: y, accumulates: false)
            }
        }
    }

    /// Layers take the path that is chosen for their number of rows and no other, and a training by
    /// each has the same losses every time.
    @Test(arguments: [false, true]) func layersTakeTheChosenPath(isBFloat16: Bool) throws {
        try withSharedRandomness {
            try withThreads(1) {
                defer { try? [ProductKey: ProductChoice]().install() }
                var losses: [[Float]] = []
                for path in MatrixProduct.Path.allCases {
                    let products = MatrixProduct.Kind.allCases.map {
                        MatrixProduct(
                            $0, rows: 70, inputs: 200, outputs: 72, isBFloat16: isBFloat16)
                    }
                    guard products.allSatisfy({ $0.has(path) }) else { continue }
                    var choices: [ProductKey: ProductChoice] = [:]
                    for product in products {
                        choices[try #require(ProductKey(product))] = ProductChoice(path: path)
                    }
                    try choices.install()
                    #expect(products.allSatisfy { $0.path == path })
                    let other = MatrixProduct(.forward, rows: 130, inputs: 200, outputs: 72)
                    #expect(other.path == other.usualPath)
                    losses.append(training(isBFloat16: isBFloat16))
                    #expect(losses.last == training(isBFloat16: isBFloat16))
                    try expectForward(by: path, isBFloat16: isBFloat16)
                }
                let first = try #require(losses.first)
                #expect(first.count == 12 && (first.last ?? 1) < 0.8 * (first.first ?? 0))
                for other in losses {
                    for (a, b) in zip(first, other) {
                        #expect(abs(a - b) <= (isBFloat16 ? 2e-2 : 1e-5) * abs(a))
                    }
                }
            }
        }
    }

    /// The bits of a layer are those of the path.
    private func expectForward(by path: MatrixProduct.Path, isBFloat16: Bool) throws {
        let draw = Operands(seed: 12)
        let (x, w) = (draw.fixed([70, 200]), draw.fixed([72, 200]))
        let y = Tensor.empty([70, 72])
        try MatrixProduct.compute(
            .forward, by: path, isBFloat16: isBFloat16, x, [w], into: y, accumulates: false)
        let layer = withAutocast(isBFloat16 ? Autocast(.cpu, dtype: .bfloat16) : nil) {
            x.fusedLinear(weight: w)
        }
        #expect(layer.floats() == y.floats(), "\(path)")
    }

    /// Steps of gradient descent on a layer of 200 inputs; the numbers of rows share a bucket.
    private func training(isBFloat16: Bool) -> [Float] {
        let draw = Operands(seed: 11)
        let w = draw.leaf([72, 200], scale: 0.05)
        return (0..<12).map { step in
            let x = draw.fixed([70 + step, 200])
            x.requiresGrad = true
            let y = withAutocast(isBFloat16 ? Autocast(.cpu, dtype: .bfloat16) : nil) {
                x.fusedLinear(weight: w)
            }
            let error = y - x.narrow(dim: 1, start: 0, length: 72)
            let loss = (error * error).mean()
            loss.backward()
            withoutGradients {
                if let gradient = w.grad { w.add_(gradient, alpha: -10) }
                w.grad = nil
            }
            return loss.floats()[0]
        }
    }
}
