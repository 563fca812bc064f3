import Testing
import TuneBase

@Suite struct NearestNameTests {
    private let names = ["learning_rate", "num_train_epochs", "seed", "weight_decay"]

    @Test(arguments: [
        ("learning-rate", "learning_rate"), ("lerning_rate", "learning_rate"),
        ("num_epochs", nil), ("sede", "seed"), ("SEED", "seed"), ("banana", nil),
        ("weigth_decay", "weight_decay"),
    ])
    func findsCloseNames(name: String, expected: String?) {
        #expect(nearestName(to: name, in: names) == expected)
    }

    @Test func suggestionListsAllNames() {
        #expect(suggestion(for: "sed", among: names).hasPrefix("Did you mean 'seed'? Known: "))
        #expect(suggestion(for: "xyz", among: names).hasPrefix("Known: learning_rate, "))
    }

    @Test func descriptionAddsTheRemedy() {
        let error = TuneError(.badData, "The file is empty.", remedy: "Use another.")
        #expect("\(error)" == "The file is empty. Use another.")
        #expect(error.code.rawValue == 65)
    }
}
