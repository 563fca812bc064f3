import Foundation
import Testing
import TuneAccelerator
import TuneBase
import TuneOptim
import TuneTestSupport
import TuneTorch
import TuneTrainer

/// The states of a fixture made by `Tools/goldens/checkpoints.py`.
func fixtureDirectory(_ name: String) -> URL {
    URL(fileURLWithPath: fixtures() + "/python").appendingPathComponent(name)
}

@Suite struct PythonStateTests {
    /// Schedules that follow a metric go on with Python's rates.
    @Test(arguments: [ScheduleName.reduceLROnPlateau, .greedy])
    func schedulesGoOn(name: ScheduleName) throws {
        let expected = try #require(golden("python/runs")["schedules"]?[name.rawValue])
        let parameter = NamedParameter("p", Tensor([0] as [Float]))
        let optimizer = try SGD(
            groups: [ParameterGroup([parameter], learningRate: 0.1, weightDecay: 0)])
        let scheduler = try getScheduler(
            name, optimizer: optimizer,
            schedulerSpecificKwargs: try #require(expected["options"]?.object))
        let file = fixtureDirectory("\(name.rawValue).pt")
        try scheduler.restore(PythonSchedule(TorchFile(contentsOf: file)).state)
        let rates = [4.0, 3.0, 3.5, 5.0].map { metric in
            scheduler.step(metric: metric)
            return scheduler.lastLearningRates[0]
        }
        #expect(rates == expected["rates"]?.flatNumbers)
    }

    /// A schedule by steps does not take the state of one that follows a metric, and the other way
    /// round.
    @Test func schedulesOfAnotherKindAreRefused() throws {
        let parameter = NamedParameter("p", Tensor([0] as [Float]))
        let optimizer = try SGD(
            groups: [ParameterGroup([parameter], learningRate: 0.1, weightDecay: 0)])
        func state(_ path: String) throws -> JSONObject {
            try PythonSchedule(TorchFile(contentsOf: fixtureDirectory(path))).state
        }
        let plateau = try state("reduce_lr_on_plateau.pt")
        let linear = try state("adamw/checkpoint-6/scheduler.pt")
        let constant = try getScheduler(.constant, optimizer: optimizer)
        let follower = try getScheduler(.reduceLROnPlateau, optimizer: optimizer)
        #expect(throws: TuneError.self) { try constant.restore(plateau) }
        #expect(throws: TuneError.self) { try follower.restore(linear) }
    }

    @Test func lossScalingGoesOn() throws {
        let file = try TorchFile(contentsOf: fixtureDirectory("scaler.pt"))
        let scaler = try GradScaler()
        try scaler.restore(pythonLossScaling(file))
        #expect(scaler.scale == 1024)
        #expect(scaler.goodSteps == 7)
    }

    /// An object of Python's own classes is refused by the name of its class.
    @Test func argumentsOfPythonAreNotRead() throws {
        let file = fixtureDirectory("adamw/checkpoint-6/training_args.bin")
        let error = #expect(throws: TuneError.self) { _ = try TorchFile(contentsOf: file) }
        #expect(error?.message.contains("transformers.training_args") == true)
    }

    @Test func statesOfOtherThingsAreRefused() throws {
        let optimizer = fixtureDirectory("adamw/checkpoint-6/optimizer.pt")
        #expect(throws: TuneError.self) {
            _ = try PythonSchedule(TorchFile(contentsOf: optimizer))
        }
        #expect(throws: TuneError.self) {
            _ = try pythonLossScaling(TorchFile(contentsOf: optimizer))
        }
    }
}
