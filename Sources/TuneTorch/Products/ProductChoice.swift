import CTuneTorch

/// What a choice holds for.
///
/// Numbers of rows vary from step to step, so they share buckets.
package struct ProductKey: Hashable, Sendable {
    package let kind: MatrixProduct.Kind
    package let weights: Int
    package let isBFloat16: Bool
    package let inputs: Int
    package let outputs: Int
    /// The fewest rows of the bucket.
    package let bucket: Int
    package let threads: Int

    /// The key of a product; nil for one with so few rows that nothing is chosen.
    package init?(_ product: MatrixProduct, threads: Int = TorchRuntime.threads) {
        let bucket = Int(tt_row_bucket(Int64(product.rows)))
        guard bucket > 0 else { return nil }
        (kind, weights, isBFloat16) = (product.kind, product.weights, product.isBFloat16)
        (inputs, outputs) = (product.inputs, product.outputs)
        (self.bucket, self.threads) = (bucket, threads)
    }

    /// A product of the key with so many rows.
    package func product(rows: Int) -> MatrixProduct {
        MatrixProduct(
            kind, rows: rows, inputs: inputs, outputs: outputs, weights: weights,
            isBFloat16: isBFloat16)
    }

    /// A product in the middle of the bucket, whose rows are no multiple of anything; fewer rows
    /// where that takes more than `operations`.
    package func example(operations: Double = .infinity) -> MatrixProduct {
        let most = operations / product(rows: 1).operations
        return product(rows: Int(max(64, min(Double(bucket + bucket / 2), most))) + 5)
    }
}

/// Who computes the products of a key.
package struct ProductChoice: Sendable, Equatable {
    /// Who computes.
    package let path: MatrixProduct.Path
    /// The median seconds of the paths; empty where there was no time to measure them.
    package let seconds: [MatrixProduct.Path: Double]

    package init(path: MatrixProduct.Path, seconds: [MatrixProduct.Path: Double] = [:]) {
        (self.path, self.seconds) = (path, seconds)
    }

    /// The fastest path, but the usual one unless another takes at most nine tenths of its time, in
    /// the median and at best: noise is no reason to leave it.
    package init(_ times: [MatrixProduct.Path: MatrixProduct.Time], usual: MatrixProduct.Path) {
        seconds = times.mapValues(\.median)
        guard let time = times[usual],
            let best = times.min(by: {
                ($0.value.median, $0.key.rawValue) < ($1.value.median, $1.key.rawValue)
            }),
            best.value.median <= 0.9 * time.median, best.value.shortest <= 0.9 * time.shortest
        else {
            path = usual
            return
        }
        path = best.key
    }
}

extension [ProductKey: ProductChoice] {
    /// Has layers compute by these choices from now on.
    ///
    /// - Throws: ``TorchError`` for choices that this processor cannot follow.
    package func install() throws {
        let list = map { key, choice in
            tt_product_choice(
                kind: key.kind.rawValue, weights: Int32(clamping: key.weights),
                is_bfloat16: key.isBFloat16, inputs: Int64(key.inputs),
                outputs: Int64(key.outputs), bucket: Int64(key.bucket),
                threads: Int32(clamping: key.threads), path: choice.path.rawValue)
        }
        try check("ProductChoices", tt_set_product_choices(list, Int32(list.count)))
    }
}

/// What tells apart where rates of products differ: processor, libtorch, settings of libraries.
package func processorIdentity() -> String {
    var identity = ""
    withUnsafeMutablePointer(to: &identity) { target in
        _ = tt_processor_identity(
            { context, text in
                context.assumingMemoryBound(to: String.self).pointee = String(cString: text)
            }, target)
    }
    return identity
}
