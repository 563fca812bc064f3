import TuneBase

/// Aligned columns for rows of a run, as many as fit into a line.
struct RowTable: Equatable {
    /// One column.
    private enum Column: CaseIterable {
        case step, epoch, loss, sparkline, learningRate, gradientNorm, tokens, data, memory, left
    }

    /// What is left out first where the line is short.
    private static let dropped: [Column] = [
        .sparkline, .memory, .data, .left, .tokens, .gradientNorm, .learningRate, .epoch,
    ]

    private let columns: [Column]
    private let stepWidth: Int

    /// Chooses the columns.
    ///
    /// - Parameters:
    ///   - totalSteps: The largest step that will be shown.
    ///   - width: The cells of a line.
    init(totalSteps: Int, width: Int) {
        let stepWidth = max(5, Quantity.grouped(totalSteps).count)
        var columns = Column.allCases
        for column in Self.dropped
        where columns.map({ Self.width($0, stepWidth) + 2 }).reduce(0, +) > width {
            columns.removeAll { $0 == column }
        }
        (self.columns, self.stepWidth) = (columns, stepWidth)
    }

    /// The headings.
    var headings: String { line(Self.heading) }

    /// A row of values.
    func line(_ row: RunRow) -> String { line { Self.cell($0, row) } }

    /// What begins a row that has only step and epoch in columns.
    func beginning(step: Int, epoch: Double) -> String {
        let row = RunRow(step: step, epoch: epoch, losses: [], memory: 0)
        return columns.filter { [.step, .epoch].contains($0) }
            .map { "  " + Self.cell($0, row).padded(toWidth: Self.width($0, stepWidth), .right) }
            .joined()
    }

    private func line(_ cell: (Column) -> String) -> String {
        var text = ""
        for column in columns {
            let alignment = column == .sparkline ? TextAlignment.left : .right
            text += "  " + cell(column).padded(toWidth: Self.width(column, stepWidth), alignment)
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func width(_ column: Column, _ stepWidth: Int) -> Int {
        switch column {
        case .step: stepWidth
        case .epoch: 5
        case .loss: 8
        case .sparkline: 8
        case .learningRate: 8
        case .gradientNorm: 9
        case .tokens: 5
        case .data: 5
        case .memory: 7
        case .left: 8
        }
    }

    private static func heading(_ column: Column) -> String {
        switch column {
        case .step: "step"
        case .epoch: "epoch"
        case .loss: "loss  "
        case .sparkline: ""
        case .learningRate: "lr"
        case .gradientNorm: "grad norm"
        case .tokens: "tok/s"
        case .data: "data"
        case .memory: "memory"
        case .left: "left"
        }
    }

    private static func cell(_ column: Column, _ row: RunRow) -> String {
        switch column {
        case .step: Quantity.grouped(row.step)
        case .epoch: Quantity.epoch(row.epoch)
        case .loss: (row.losses.last.map(Quantity.score) ?? "-") + " " + row.trend
        case .sparkline: Quantity.sparkline(row.losses)
        case .learningRate: row.learningRate.map(Quantity.learningRate) ?? "-"
        case .gradientNorm: row.gradientNorm.map { Quantity.short($0) } ?? "-"
        case .tokens: row.tokensPerSecond.map { Quantity.short($0) } ?? "-"
        case .data: row.dataShare.map(Quantity.percent) ?? "-"
        case .memory: Quantity.bytes(row.memory)
        case .left: row.remaining.map { ProgressBar.duration($0) } ?? "-"
        }
    }
}
