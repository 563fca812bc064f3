import FineTuneKit

/// Where the time of a step goes: by phase, and by operation within each phase.
struct ProfileReport: BenchReport {
    let profile: OperationProfile
    let steps: Int

    /// Operations that together take less than this share of a step are summed up.
    private let leastShare = 0.002

    private var total: Double { profile.phases.map(\.seconds).reduce(0, +) }

    var text: String {
        var phases = TextTable("phase", "ms/step", "share", "outside of operations, ms")
        for phase in profile.phases {
            phases.add(
                phase.name, milliseconds(phase.seconds), percent(phase.seconds),
                milliseconds(profile.secondsOutsideOperations(of: phase)))
        }
        phases.add("all", milliseconds(total), percent(total), "")

        var table = TextTable("phase: operation", "calls/step", "ms/step", "share")
        let shown = profile.operations.filter { $0.seconds >= leastShare * total }
        for operation in shown {
            table.add(
                "\(operation.phase): \(operation.name)",
                fixed(perStep(Double(operation.calls)), 1),
                milliseconds(operation.seconds), percent(operation.seconds))
        }
        let rest = profile.operations.filter { $0.seconds < leastShare * total }
        let restSeconds = rest.map(\.seconds).reduce(0, +)
        table.add(
            "\(rest.count) others", fixed(perStep(Double(rest.map(\.calls).reduce(0, +))), 1),
            milliseconds(restSeconds), percent(restSeconds))
        return "\(steps) steps; times of operations are without those that they call\n\n"
            + "\(phases.text)\n\n\(table.text)"
    }

    var json: JSONObject {
        JSONObject([
            ("steps", .int(steps)),
            (
                "phases",
                .array(
                    profile.phases.map { phase in
                        .object(
                            JSONObject([
                                ("phase", .string(phase.name)),
                                ("seconds_per_step", .double(perStep(phase.seconds))),
                            ]))
                    })
            ),
            (
                "operations",
                .array(
                    profile.operations.map { operation in
                        .object(
                            JSONObject([
                                ("phase", .string(operation.phase)),
                                ("operation", .string(operation.name)),
                                ("calls_per_step", .double(perStep(Double(operation.calls)))),
                                ("seconds_per_step", .double(perStep(operation.seconds))),
                            ]))
                    })
            ),
        ])
    }

    private func perStep(_ value: Double) -> Double { value / Double(steps) }

    private func milliseconds(_ seconds: Double) -> String { fixed(perStep(seconds) * 1e3, 2) }

    private func percent(_ seconds: Double) -> String {
        fixed(total > 0 ? 100 * seconds / total : 0, 1) + " %"
    }
}
