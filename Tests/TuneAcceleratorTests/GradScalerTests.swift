import Foundation
import Testing
import TuneAccelerator
import TuneBase
import TuneOptim
import TuneTestSupport
import TuneTorch

@Suite struct GradScalerTests {
    private func optimizer(_ values: [Float]) throws -> SGD {
        let weight = Tensor(values)
        weight.requiresGrad = true
        var settings = SGD.Settings()
        settings.momentum = 0.9
        return try SGD(
            groups: [ParameterGroup([("w", weight)], learningRate: 0.1, weightDecay: 0)],
            settings: settings)
    }

    private func loss(_ optimizer: Optimizer, _ factor: Double) -> Tensor {
        let weight = optimizer.parameters[0].tensor
        return (weight * weight).sum() * factor
    }

    private func same(_ found: [Double], _ wanted: JSONValue?) -> Bool {
        let wanted = (wanted?.array ?? []).compactMap(\.double)
        return found.count == wanted.count
            && zip(found, wanted).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }

    /// Ten steps with infinite and undefined losses among them, saved and restored before each.
    @Test func everyStepIsThatOfPython() throws {
        let golden = try JSONValue(
            contentsOf: URL(fileURLWithPath: fixtures() + "/scaler.json"))
        let rows = try #require(golden["rows"]?.array)
        let factors = try #require(golden["factors"]?.array).compactMap { $0.double }
        var scaler = try GradScaler(initialScale: 8, growthInterval: 3)
        let optimizer = try optimizer([1, -2])
        let weight = optimizer.parameters[0].tensor
        for (factor, row) in zip(factors, rows) {
            let restored = try GradScaler()
            try restored.restore(scaler.exportedState)
            scaler = restored
            optimizer.zeroGrad()
            let scaled = scaler.scale(loss(optimizer, factor))
            let wanted = try #require(row["scaled"])
            #expect(same([scaled.item()], .array([wanted])))
            scaled.backward()
            try scaler.unscale(optimizer)
            let gradient = try #require(weight.grad)
            #expect(same(gradient.doubles(), row["gradient"]))
            #expect(try scaler.step(optimizer) == row["stepped"]?.bool)
            scaler.update()
            #expect(same(weight.detached().doubles(), row["weight"]))
            #expect(scaler.exportedState == row["state"]?.object)
        }
    }

    @Test func stepUnscalesByItself() throws {
        let scaler = try GradScaler()
        let optimizer = try optimizer([1])
        scaler.scale(loss(optimizer, 1)).backward()
        #expect(optimizer.parameters[0].tensor.grad?.item() == 131_072)
        #expect(try scaler.step(optimizer))
        #expect(abs(optimizer.parameters[0].tensor.detached().floats()[0] - 0.8) < 1e-6)
    }

    @Test func stepsWaitWhileBatchesAccumulate() throws {
        let scaler = try GradScaler(growthInterval: 1)
        let optimizer = try optimizer([1])
        scaler.scale(loss(optimizer, 1)).backward()
        optimizer.isAccumulating = true
        #expect(try !scaler.step(optimizer))
        scaler.update()
        #expect(scaler.scale == 65_536)
        optimizer.isAccumulating = false
        #expect(try scaler.step(optimizer))
        scaler.update()
        #expect(scaler.scale == 131_072)
    }

    @Test func misuseIsAnError() throws {
        let scaler = try GradScaler()
        let optimizer = try optimizer([1])
        scaler.scale(loss(optimizer, 1)).backward()
        try scaler.unscale(optimizer)
        #expect(throws: TuneError.self) { try scaler.unscale(optimizer) }
        try scaler.step(optimizer)
        #expect(throws: TuneError.self) { try scaler.step(optimizer) }
        #expect(throws: TuneError.self) { try scaler.unscale(optimizer) }
        scaler.update()
        try scaler.unscale(optimizer)
    }

    @Test func gradientsInFloat16AreRefused() throws {
        let scaler = try GradScaler()
        let optimizer = try optimizer([1])
        let half = Tensor.ones([1]).to(.float16)
        half.requiresGrad = true
        half.grad = Tensor.ones([1]).to(.float16)
        optimizer.groups[0] = ParameterGroup([("w", half)], learningRate: 1, weightDecay: 0)
        #expect {
            try scaler.step(optimizer)
        } throws: {
            "\($0)".contains("float16")
        }
    }

    @Test func impossibleSettingsAreRefused() throws {
        #expect(throws: TuneError.self) { try GradScaler(initialScale: 0) }
        #expect(throws: TuneError.self) { try GradScaler(growthFactor: 1) }
        #expect(throws: TuneError.self) { try GradScaler(backoffFactor: 1) }
        #expect(throws: TuneError.self) { try GradScaler(growthInterval: 0) }
        let scaler = try GradScaler()
        let state = scaler.exportedState
        for (key, value) in [("scale", JSONValue.double(.nan)), ("growth_interval", nil)] {
            #expect(throws: TuneError.self) {
                try scaler.restore(state.merging(JSONObject([(key, value)])))
            }
        }
        #expect(scaler.exportedState == state)
    }
}
