import Foundation
import Testing
import TuneBase
import TuneTrainer

@Suite struct ModelCardTests {
    /// Front matter, introduction and table, byte for byte as Python writes them.
    @Test func partsAreThoseOfPython() throws {
        let cases = try #require(golden("model_cards")["cases"]?.array)
        #expect(cases.count == 12)
        for entry in cases {
            let card = try card(entry)
            let text = card.text
            let parts = text.components(separatedBy: "---\n")
            #expect(parts[1] == entry["yaml"]?.string, "\(entry["name"]?.string ?? "")")
            let introduction = try #require(entry["introduction"]?.string)
            #expect(text.contains(introduction + "\n## Model description\n"))
            let table = try #require(entry["table"]?.string)
            #expect(
                table.isEmpty || text.contains("### Training results\n\n\(table)\n\n### Framework"))
        }
    }

    private func card(_ entry: JSONValue) throws -> ModelCard {
        var card = ModelCard(modelName: "my-model")
        let known = entry["description"]
        func texts(_ name: String) -> [String] {
            known?[name]?.array?.compactMap(\.string) ?? known?[name]?.string.map { [$0] } ?? []
        }
        (card.language, card.license) = (texts("language"), known?["license"]?.string)
        (card.tags, card.tasks) = (texts("tags"), texts("tasks"))
        (card.dataset, card.datasetTags) = (texts("dataset"), texts("dataset_tags"))
        card.datasetArgs = texts("dataset_args")
        card.datasetMetadata = known?["dataset_metadata"]?.array?.compactMap(\.object) ?? []
        card.finetunedFrom = known?["finetuned_from"]?.string
        let history = try #require(entry["history"]?.array).compactMap(\.object)
        (card.trainingResults, card.evalResults) = ModelCard.results(of: history)
        return card
    }

    @Test func hyperparametersHavePythonsNames() {
        var args = TrainingArguments(
            "out", maxSteps: 6, gradientAccumulationSteps: 2, warmupSteps: 1, bf16: true)
        args.seed = 7
        let list = ModelCard.hyperparameters(args)
        #expect(
            list.keys == [
                "learning_rate", "train_batch_size", "eval_batch_size", "seed",
                "gradient_accumulation_steps", "total_train_batch_size", "optimizer",
                "lr_scheduler_type", "lr_scheduler_warmup_steps", "training_steps",
                "mixed_precision_training",
            ])
        #expect(list["total_train_batch_size"] == .int(16))
        #expect(
            list["optimizer"]?.string
                == "Use adamw_torch_fused with betas=(0.9,0.999) and epsilon=1e-08 and "
                + "optimizer_args=No additional optimizer arguments")
        #expect(ModelCard.hyperparameters(TrainingArguments("out"))["num_epochs"] == .double(3))
    }

    @Test func textOfOthersMeansNothingButItself() {
        var card = ModelCard(modelName: "a\n---\nlicense: mit\u{1B}[2J <script> [x](y) |`")
        card.license = "x: y # '"
        card.tags = ["yes", "- a", "1.0", "null", "tag\nother: 1"]
        card.dataset = ["<img src=x>|"]
        (card.tasks, card.datasetTags) = (["text-classification"], ["org/data"])
        card.evalResults = JSONObject([("a|b", .double(0.5)), ("Accuracy", .double(.nan))])
        card.trainingResults = [JSONObject([("a|b\n|", .string("c|d"))])]
        let text = card.text
        #expect(!text.unicodeScalars.contains("\u{1B}"))
        // The front matter is quoted, not escaped: it is data, and never shown as Markdown.
        let body = text.components(separatedBy: "\n---\n")[1]
        #expect(!body.contains("<script>") && !body.contains("<img"))
        #expect(text.contains("\nlicense: 'x: y # '''\n"))
        #expect(text.contains("\n- 'yes'\n- '- a'\n- '1.0'\n- 'null'\n- 'tag other: 1'\n"))
        #expect(text.contains("value: .nan"))
        // The front matter ends where it should, and the heading is one line.
        let lines = text.components(separatedBy: "\n")
        #expect(lines.filter { $0 == "---" }.count == 2)
        #expect(lines.filter { $0.hasPrefix("# ") }.count == 1)
        #expect(lines.contains(#"| a\|b \| |"#))
    }
}

extension Trainings {
    @Suite struct TrainerModelCardTests {
        @Test func aCardWrittenByHandStays() throws {
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 2, useCPU: true, disableTqdm: true,
                        evalStrategy: .steps, evalSteps: 1, saveStrategy: .no),
                    trainDataset: toyData(16), evalDataset: toyData(8),
                    console: QuietConsole().console)
                try trainer.train()
                let file = URL(fileURLWithPath: directory).appendingPathComponent("README.md")
                #expect(try trainer.createModelCard(modelName: "first"))
                #expect(try trainer.createModelCard(tags: ["x"], modelName: "second"))
                let text = String(decoding: try readFile(file), as: UTF8.self)
                #expect(text.contains("# second"))
                #expect(text.contains("tags:\n- x\n- generated_from_trainer\n"))
                #expect(text.contains("- training_steps: 2\n"))
                #expect(text.contains("| No log"))
                #expect(text.contains("- FineTune \(fineTuneVersion)\n"))

                try writeFileAtomically(file, "# My model\n")
                #expect(try !trainer.createModelCard())
                #expect(String(decoding: try readFile(file), as: UTF8.self) == "# My model\n")
            }
        }
    }
}
