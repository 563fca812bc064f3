import Testing
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneNN
import TuneOptim
import TuneTestSupport
import TuneTorch

@Suite struct AcceleratorTests {
    @Test func prepareGivesTheSameObjectsBackInOrder() throws {
        let accelerator = try Accelerator(cpu: true)
        let layer = Linear(2, 1)
        let optimizer = AdamW(layer.namedParameters().map { NamedParameter($0.name, $0.tensor) })
        let loader = try DataLoader(Dataset(Columns(["x": .ints([1, 2])])))
        let (preparedLoader, model, preparedOptimizer) = accelerator.prepare(
            loader, layer, optimizer)
        #expect(preparedLoader === loader)
        #expect(model === layer)
        #expect(preparedOptimizer === optimizer)
        #expect(accelerator.unwrapModel(model) === layer)
    }

    @Test func oneProcessIsEverything() throws {
        let accelerator = try Accelerator(cpu: true)
        #expect(accelerator.isMainProcess && accelerator.isLocalMainProcess)
        #expect(accelerator.numProcesses == 1)
        #expect(accelerator.processIndex == 0)
        #expect(accelerator.device == .cpu)
        accelerator.waitForEveryone()
    }

    @Test func printsToTheConsole() throws {
        let sink = BufferSink()
        let accelerator = try Accelerator(
            cpu: true, console: Console(output: sink, notices: BufferSink()))
        accelerator.print("epoch 1")
        #expect(sink.text == "epoch 1\n")
    }

    @Test func argumentsAreChecked() {
        let error = #expect(throws: TuneError.self) {
            try Accelerator(mixedPrecision: .fp16, cpu: true)
        }
        #expect(error?.message.contains("fp16") == true)
        #expect(throws: TuneError.self) { try Accelerator(gradientAccumulationSteps: 0) }
        #expect(throws: TuneError.self) { try MixedPrecision(named: "bf61") }
    }

    @Test func seedFixesEveryDraw() {
        withSharedRandomness {
            setSeed(42)
            let first = Tensor.empty([20]).normal_(mean: 0, std: 1).floats()
            setSeed(42)
            #expect(Tensor.empty([20]).normal_(mean: 0, std: 1).floats() == first)
        }
    }
}
