import Testing
import TuneBase
import TuneOptim
import TuneTorch

@Suite struct MakeOptimizerTests {
    private func message(_ name: OptimizerName, _ arguments: String) -> String {
        do {
            try name.check(optimArgs: arguments)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func everyNameMakesItsClass() throws {
        let kinds = try OptimizerName.allCases.map { try makeOptimizer($0, groups: []).kind }
        #expect(kinds == ["AdamW", "AdamW", "SGD", "Adafactor", "Adagrad", "RMSprop"])
        #expect(throws: TuneError.self) { try OptimizerName(named: "adam") }
    }

    @Test func argumentsAreRead() throws {
        let sgd =
            try makeOptimizer(
                .sgd, groups: [], optimArgs: "momentum=0.9, nesterov = True") as? SGD
        #expect(sgd?.settings.momentum == 0.9 && sgd?.settings.nesterov == true)
        let rms =
            try makeOptimizer(
                .rmsprop, groups: [], optimArgs: "alpha=0.5,eps=1e-3,centered=1") as? RMSprop
        #expect(rms?.settings.alpha == 0.5 && rms?.settings.centered == true)
        #expect(rms?.settings.epsilon == 1e-3)
        for name in OptimizerName.allCases { try name.check(optimArgs: nil) }
    }

    @Test func unknownKeysNameTheNearest() {
        #expect(message(.sgd, "momentun=1").contains("Did you mean 'momentum'?"))
        #expect(message(.adagrad, "alpha=1").contains("Known: lr_decay, eps."))
        #expect(message(.adamwTorch, "eps=1").contains("adam_epsilon"))
        #expect(message(.rmsprop, "weight_decay=1").contains("the argument weight_decay"))
    }

    @Test(arguments: ["momentum", "momentum=", "=1", "momentum=1=2", "momentum=1,", ",", "a b"])
    func malformedTextIsRefused(text: String) {
        #expect(message(.sgd, text).contains("key=value"))
    }

    @Test func impossibleValuesAreRefused() {
        #expect(message(.sgd, "momentum=fast").contains("a number"))
        #expect(message(.sgd, "momentum=nan").contains("a number"))
        #expect(message(.sgd, "momentum=-1").contains("0 or more"))
        #expect(message(.sgd, "momentum=1,momentum=2").contains("twice"))
        #expect(message(.sgd, "nesterov=true").contains("momentum above 0"))
        #expect(message(.sgd, "nesterov=maybe").contains("true or false"))
        #expect(message(.rmsprop, "alpha=-1").contains("alpha"))
        #expect(message(.adagrad, "eps=-1").contains("eps"))
        #expect(message(.adafactor, "clip_threshold=0").contains("more than 0"))
        #expect(message(.adafactor, "beta1=1").contains("beta1"))
    }
}
