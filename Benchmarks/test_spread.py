"""Tests of the comparison of results over seeds."""

import unittest

import spread


def run(*accuracies):
    return [{"accuracy": value, "f1": value + 0.1} for value in accuracies]


class SpreadTest(unittest.TestCase):
    def test_the_last_evaluation_counts(self):
        self.assertEqual(spread.final({"1": run(0.5, 0.75), "2": run(0.25)}, "accuracy"), [0.75, 0.25])

    def test_distance_is_in_standard_errors(self):
        self.assertAlmostEqual(spread.distance([1, 3], [4, 6]), -3 / 2 ** 0.5)
        self.assertIsNone(spread.distance([1], [2, 3]))
        self.assertEqual(spread.distance([1, 1], [1, 1]), 0)
        self.assertEqual(spread.distance([1, 1], [2, 2]), float("-inf"))

    def test_table_has_a_row_for_each_side_and_metric(self):
        runs = {"FineTune": {"1": run(0.7), "2": run(0.8)}, "Python": {"1": run(0.6), "2": run(0.7)}}
        lines = spread.table(runs).splitlines()
        self.assertEqual(lines[2], "| FineTune | accuracy | 2 | 0.7500 | 0.0707 | 0.700 to 0.800 |")
        self.assertEqual(lines[5], "| Python | f1 | 2 | 0.7500 | 0.0707 | 0.700 to 0.800 |")
        self.assertEqual(lines[7], "accuracy: the means are 1.4 standard errors apart")

    def test_one_side_alone_has_no_distance(self):
        self.assertNotIn("apart", spread.table({"Python": {"1": run(0.6), "2": run(0.7)}}))


if __name__ == "__main__":
    unittest.main()
