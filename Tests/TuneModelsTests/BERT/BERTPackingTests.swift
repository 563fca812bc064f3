import Testing
import TuneModels
import TuneNN
import TuneTestSupport
import TuneTorch

/// Rows without their padding, in the mode `fast`, against padded rows and plain operations.
@Suite(.serialized) struct BERTPackingTests {
    static let masks: [[[Int]]] = [
        paddingMask([5, 12, 1, 9]),
        paddingMask([1]),
        paddingMask([1, 1, 1]),
        paddingMask([8, 8]),
        paddingMask([70, 2]),
        // Holes.
        [[1, 0, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1], [1, 0, 0, 0, 0, 1]],
        // A row that does not begin with a real token: nothing is packed.
        [[0, 1, 1, 0], [1, 1, 1, 1], [1, 0, 0, 0]],
    ]

    /// Logits, loss and gradients by parameter.
    private struct Result {
        let logits: [Double]
        let loss: Double
        var gradients: [(name: String, values: [Double])] = []
    }

    private func result(
        _ model: BERTForSequenceClassification, _ batch: TensorBatch, _ mode: ExecutionMode
    ) throws -> Result {
        let output = try withThreads(1) {
            let output = try ExecutionMode.$current.withValue(mode) { try model(batch) }
            output.loss?.backward()
            return output
        }
        let loss = try #require(output.loss)
        var result = Result(logits: output.logits.detached().doubles(), loss: loss.item())
        for (name, parameter) in model.namedParameters() {
            result.gradients.append((name, try #require(parameter.grad, "\(name)").doubles()))
            parameter.grad = nil
        }
        return result
    }

    /// Whether numbers differ by at most 1e-5 of the largest, at least of 1.
    private func isClose(_ a: [Double], _ b: [Double]) -> Bool {
        let scale = b.reduce(1) { max($0, abs($1)) }
        return a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 * scale }
    }

    private func expectEqualModes(
        _ batch: TensorBatch, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try withSharedRandomness {
            let model = try tinyBERT()
            let reference = try result(model, batch, .reference)
            let fast = try result(model, batch, .fast)
            #expect(
                isClose(fast.logits, reference.logits), "\(name)", sourceLocation: sourceLocation)
            #expect(isClose([fast.loss], [reference.loss]), sourceLocation: sourceLocation)
            for (found, wanted) in zip(fast.gradients, reference.gradients) {
                #expect(
                    isClose(found.values, wanted.values), "\(name): \(found.name)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    @Test func logitsAndGradientsAreThoseOfPaddedRows() throws {
        for mask in Self.masks {
            try expectEqualModes(tinyBatch(mask: mask, seed: 1), "\(mask)")
        }
    }

    @Test func batchesWithoutMaskAreWhole() throws {
        var batch = tinyBatch(mask: paddingMask([9, 9, 9]), seed: 2)
        batch["attention_mask"] = nil
        try expectEqualModes(batch, "no mask")
        batch["token_type_ids"] = nil
        try expectEqualModes(batch, "no mask and no types")
    }

    @Test func givenPositionsGoWithTheirTokens() throws {
        var batch = tinyBatch(mask: paddingMask([4, 7, 2]), seed: 3)
        batch["position_ids"] = Tensor((0..<21).map { ($0 * 13) % 80 }, [3, 7])
        try expectEqualModes(batch, "positions")
    }

    /// Gradients of a batch come on top of those of the batch before.
    @Test func gradientsOfBatchesAddUp() throws {
        try withSharedRandomness {
            let model = try tinyBERT()
            let sums = try ExecutionMode.allCases.map { mode in
                for mask in Self.masks {
                    let batch = tinyBatch(mask: mask, seed: 4)
                    let output = try ExecutionMode.$current.withValue(mode) { try model(batch) }
                    try #require(output.loss).backward()
                }
                return try model.namedParameters().map { _, parameter in
                    defer { parameter.grad = nil }
                    return try #require(parameter.grad).doubles()
                }
            }
            for (found, wanted) in zip(sums[0], sums[1]) { #expect(isClose(found, wanted)) }
        }
    }

    @Test func paddedHiddenStatesAreThoseOfTheRealTokens() throws {
        try withSharedRandomness {
            let config = try tinyBERT().config
            let model = try BERTModel(config)
            for mask in Self.masks {
                let batch = tinyBatch(mask: mask, seed: 5)
                let outputs = try ExecutionMode.allCases.map { mode in
                    try withoutGradients {
                        try ExecutionMode.$current.withValue(mode) { try model(batch) }
                    }
                }
                let real = Tensor(mask.flatMap(\.self)).ne(0).nonzero().reshape([-1])
                let states = outputs.map { output in
                    output.lastHiddenState.reshape([-1, 32])
                        .indexSelect(dim: 0, indices: real).doubles()
                }
                #expect(outputs[0].lastHiddenState.shape == [mask.count, mask[0].count, 32])
                #expect(isClose(states[0], states[1]), "\(mask)")
                #expect(
                    isClose(outputs[0].poolerOutput.doubles(), outputs[1].poolerOutput.doubles()))
            }
        }
    }

    /// In bfloat16 both modes stay near float32.
    @Test func lowerPrecisionStaysNear() throws {
        try withSharedRandomness {
            let model = try tinyBERT()
            for mask in Self.masks {
                let batch = tinyBatch(mask: mask, seed: 6)
                let exact = try result(model, batch, .reference)
                model.autocast = Autocast(.cpu, dtype: .bfloat16)
                let fast = try result(model, batch, .fast)
                model.autocast = nil
                #expect(abs(fast.loss - exact.loss) < 0.1 * max(1, abs(exact.loss)), "\(mask)")
            }
        }
    }

    @Test func modelsOfOtherTypesComputeToo() throws {
        try withSharedRandomness {
            let model = try tinyBERT()
            for mask in Self.masks {
                let batch = tinyBatch(mask: mask, seed: 8)
                model.to(.float32)
                let logits = try withoutGradients { try model(batch).logits.doubles() }
                for (type, tolerance) in [(DType.float64, 1e-5), (.bfloat16, 0.1)] {
                    model.to(type)
                    let found = try withoutGradients { try model(batch).logits.doubles() }
                    #expect(
                        zip(found, logits).allSatisfy {
                            abs($0 - $1) < tolerance * max(1, abs($1))
                        },
                        "\(type) \(mask)")
                }
            }
        }
    }

    @Test func batchesWithoutRowsGiveNoLogits() throws {
        try withSharedRandomness {
            let model = try tinyBERT()
            let batch = ["input_ids": Tensor.zeros([0, 4], dtype: .int64)]
            let output = try catchingTorchErrors { try model(batch) }
            #expect(output.logits.shape == [0, 2])
        }
    }

    @Test func idsOutsideTheTablesAreErrors() throws {
        try withSharedRandomness {
            let model = try tinyBERT()
            for mode in ExecutionMode.allCases {
                for name in ["input_ids", "token_type_ids", "position_ids"] {
                    for id in [-1, 1000] {
                        var batch = tinyBatch(mask: paddingMask([3, 2]), seed: 7)
                        batch[name] = Tensor([0, 1, id, 0, 1, 1], [2, 3])
                        #expect(throws: TorchError.self, "\(mode) \(name) \(id)") {
                            try catchingTorchErrors {
                                _ = try ExecutionMode.$current.withValue(mode) {
                                    try model.forward(batch)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
