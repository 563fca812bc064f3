"""Tests of the comparison's arithmetic: python3 -m unittest discover Benchmarks."""

import unittest

import report
from cases import Case, matrix

WEIGHTS = {"per_token": 1000, "per_row": 10}


def training_run(step_seconds, tokens=(5, 6, 7, 8)):
    times = [3.0]
    for _ in tokens[1:]:
        times.append(times[-1] + step_seconds)
    return {"times": times, "tokens": list(tokens), "seconds": 9.0, "peak_memory": 4e6}


class ReportTest(unittest.TestCase):
    def test_warm_up_does_not_count(self):
        self.assertEqual(report.steady_seconds([9.0, 10.0, 12.0, 15.0], 2), [2.0, 3.0])

    def test_training_is_three_times_a_forward_pass(self):
        train, evaluate = (Case(task, "demo", 2, "fp32", 4) for task in ("train", "evaluate"))
        self.assertEqual(report.operations(evaluate, WEIGHTS, tokens=7, rows=2), 2 * (7000 + 20))
        self.assertEqual(report.operations(train, WEIGHTS, tokens=7, rows=2), 6 * (7000 + 20))

    def test_training_summary(self):
        runs = [{"FineTune": training_run(0.5), "Python": training_run(seconds)} for seconds in (1.0, 2.0, 1.5)]
        summary = report.summary(Case("train", "demo", 2, "fp32", 3), runs, WEIGHTS, peak=1e-3, warm_up=1)
        self.assertAlmostEqual(summary["FineTune"]["rate"], 2)
        self.assertAlmostEqual(summary["Python"]["rate"], 1 / 1.5)
        self.assertAlmostEqual(summary["ratio"]["rate"], 3)
        self.assertAlmostEqual(summary["FineTune"]["gflops"], 6 * 7020 / 0.5 / 1e9)
        self.assertAlmostEqual(summary["FineTune"]["share_of_peak"], 6 * 7020 / 0.5 / 1e6)
        self.assertEqual(summary["ratio"]["first_step"], 1)
        self.assertIn("| 2.00 / 0.67 steps/s | 3.00 |", report.table([summary]))

    def test_evaluation_summary(self):
        ours = {"rows_per_second": 20.0, "rows": 100, "seconds": 6.0, "peak_memory": 2e6}
        theirs = dict(ours, rows_per_second=5.0, peak_memory=4e6, total_tokens=3000)
        summary = report.summary(Case("evaluate", "demo", 8, "bf16", 3), [{"FineTune": ours, "Python": theirs}],
                                 WEIGHTS, peak=1.0, warm_up=5)
        self.assertAlmostEqual(summary["ratio"]["rate"], 4)
        self.assertAlmostEqual(summary["ratio"]["peak_memory"], 0.5)
        self.assertAlmostEqual(summary["Python"]["gflops"], 2 * (3000 * 1000 + 100 * 10) / 20 / 1e9)

    def test_other_batches_are_refused(self):
        runs = [{"FineTune": training_run(0.5), "Python": training_run(0.5, tokens=(5, 6, 7, 9))}]
        with self.assertRaises(ValueError):
            report.summary(Case("train", "demo", 2, "fp32", 3), runs, WEIGHTS, peak=1.0, warm_up=1)

    def test_matrix(self):
        cases = matrix(["train"], ["demo"], [8, 4], ["fp32", "bf16"], None, "fast")
        self.assertEqual([case.name for case in cases],
                         ["train demo batch 8 fp32", "train demo batch 8 bf16", "train demo batch 4 fp32",
                          "train demo batch 4 bf16"])
        self.assertEqual([case.steps for case in cases], [60, 60, 15, 15])


if __name__ == "__main__":
    unittest.main()
