import Testing
import TuneBase
import TuneMetrics

struct EvaluationModuleTests {
    private let predictions = [1, 0, 1, 1, 0]
    private let references = [1, 0, 0, 1, 1]

    @Test func batchesAddUpToOneComputation() throws {
        let metric = try Evaluate.load("glue", "mrpc")
        let whole = try metric.compute(predictions: predictions, references: references)
        #expect("\(whole)" == "{'accuracy': 0.6, 'f1': 0.6666666666666666}")

        try metric.addBatch(predictions: predictions[..<2].map { $0 }, references: [1, 0])
        try metric.add(prediction: 1, reference: 0)
        #expect(metric.count == 3)
        let rest = try metric.compute(predictions: [1, 0], references: [1, 1])
        #expect(rest == whole)
    }

    @Test func computingForgetsTheExamples() throws {
        let metric = try Evaluate.load("accuracy")
        try metric.addBatch(predictions: predictions, references: references)
        #expect(try metric.compute()["accuracy"] == 0.6)
        #expect(metric.count == 0)
        #expect(try metric.compute(predictions: [1], references: [1])["accuracy"] == 1)
    }

    @Test func failedComputationForgetsTheExamplesToo() throws {
        let metric = try Evaluate.load("f1")
        #expect(throws: TuneError.self) {
            try metric.compute(predictions: [0, 1, 2], references: [0, 1, 2])
        }
        #expect(metric.count == 0)
    }

    @Test func numbersOfExamplesMustMatch() throws {
        let metric = try Evaluate.load("accuracy")
        let error = #expect(throws: TuneError.self) {
            try metric.addBatch(predictions: [1], references: [1, 2])
        }
        #expect(
            error?.message == "Mismatch in the number of predictions (1) and references (2).")
        #expect(metric.count == 0)
    }

    @Test func nothingToComputeIsAnError() throws {
        let metric = try Evaluate.load("accuracy")
        let none: [Int] = []
        let missing = #expect(throws: TuneError.self) { try metric.compute() }
        let empty = #expect(throws: TuneError.self) {
            try metric.compute(predictions: none, references: none)
        }
        #expect(missing?.message == "The metric 'accuracy' has no predictions and references.")
        #expect(empty?.message == missing?.message)
        #expect(missing?.code == .missingInput)
    }

    @Test func foreignOptionIsAnError() throws {
        let metric = try Evaluate.load("accuracy")
        let error = #expect(throws: TuneError.self) {
            try metric.compute(predictions: [1], references: [1], .average(.macro))
        }
        #expect(error?.message == "The metric 'accuracy' has no option 'average'.")
        #expect(error?.remedy == "It has: normalize, sample_weight.")
    }

    @Test func classesMustFitTheIntegerType() throws {
        for value in [Double.nan, .infinity, 2_147_483_648] {
            let metric = try Evaluate.load("accuracy")
            #expect(throws: TuneError.self) { try metric.add(prediction: value, reference: 0) }
            #expect(metric.count == 0)
        }
        let wide = try Evaluate.load("glue", "sst2")
        try wide.add(prediction: 2_147_483_648, reference: 2_147_483_648)
        #expect(try wide.compute()["accuracy"] == 1)
    }

    @Test func floatsAreTruncatedForClassesAndRoundedForValues() throws {
        let classes = try Evaluate.load("accuracy")
        #expect(
            try classes.compute(predictions: [0.7, -1.5] as [Float], references: [0, -1])
                == ["accuracy": 1])
        let values = try Evaluate.load("mae")
        #expect(
            try values.compute(predictions: [0.1], references: [0])["mae"] == Double(Float(0.1)))
    }

    @Test func singleFloatPrecisionOfPearsonInSTSB() throws {
        let predictions = [0.1, 1.3, 2.2, 3.7, 4.1, 4.9]
        let references = [0.0, 1.0, 2.5, 3.0, 4.5, 5.0]
        let stsb = try Evaluate.load("glue", "stsb")
            .compute(predictions: predictions, references: references)
        let double = try Evaluate.load("pearsonr")
            .compute(predictions: predictions, references: references)
        let pearson = try #require(stsb["pearson"])
        #expect(pearson == Double(Float(pearson)))
        #expect(abs(pearson - (double["pearsonr"] ?? 0)) < 1e-6)
    }

    @Test func printsAsPython() throws {
        let metric = try Evaluate.load("glue", "stsb")
        try metric.add(prediction: 1.5, reference: 2)
        let usage = "Returns the pearson and spearmanr correlations."
        #expect(
            "\(metric)" == """
                EvaluationModule(name: "glue", module_type: "metric", features: {'predictions': \
                Value('float32'), 'references': Value('float32')}, usage: \"""\(usage)\""", \
                stored examples: 1)
                """)
    }
}
