"""What quality.py says of the results of several seeds."""

from math import copysign, inf, sqrt
from statistics import mean, stdev


def final(runs, metric):
    """The metric at the end of each run; `runs` has the evaluations of each seed."""
    return [evaluations[-1][metric] for evaluations in runs.values()]


def row(side, metric, values):
    deviation = f"{stdev(values):.4f}" if len(values) > 1 else "-"
    extent = f"{min(values):.3f} to {max(values):.3f}"
    return [side, metric, str(len(values)), f"{mean(values):.4f}", deviation, extent]


def distance(ours, theirs):
    """The difference of the means in standard errors (Welch's t); None for fewer than two values."""
    if min(len(ours), len(theirs)) < 2:
        return None
    error = sqrt(stdev(ours) ** 2 / len(ours) + stdev(theirs) ** 2 / len(theirs))
    difference = mean(ours) - mean(theirs)
    return difference / error if error else copysign(inf, difference) if difference else 0.0


def table(runs):
    """Lines in the form of a Markdown table, and how far the sides are apart; `runs` by side, then by seed."""
    heads = ["side", "metric", "seeds", "mean", "deviation", "range"]
    rows, notes = [heads, ["---", "---"] + ["---:"] * 4], []
    for metric in ("accuracy", "f1"):
        values = [final(runs[side], metric) for side in runs if runs[side]]
        rows += [row(side, metric, final(runs[side], metric)) for side in runs if runs[side]]
        t = distance(*values) if len(values) == 2 else None
        if t is not None:
            notes.append(f"{metric}: the means are {abs(t):.1f} standard errors apart")
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join(lines + [""] + notes)
