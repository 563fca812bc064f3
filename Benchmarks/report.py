"""The arithmetic of the comparison, and its table."""

from statistics import median

from cases import SIDES


def steady_seconds(times, warm_up):
    """Seconds of each step after the first `warm_up`, from the times at which steps ended."""
    return [end - begin for begin, end in zip(times[warm_up - 1:], times[warm_up:])]


def operations(case, weights, tokens, rows):
    """Operations of linear layers over real tokens: 2 per weight forward, 4 more in the backward pass."""
    forward = 2 * (weights["per_token"] * tokens + weights["per_row"] * rows)
    return 3 * forward if case.task == "train" else forward


def side_figures(case, run, weights, warm_up, total_tokens=None):
    """Rate, GFLOP/s, memory and times of one run."""
    figures = {"peak_memory": run["peak_memory"], "process_seconds": run["seconds"]}
    if case.task == "train":
        seconds = steady_seconds(run["times"], warm_up)
        rates = [operations(case, weights, tokens, case.batch) / duration
                 for tokens, duration in zip(run["tokens"][warm_up:], seconds)]
        figures.update(rate=1 / median(seconds), gflops=median(rates) / 1e9, first_step=run["times"][0])
    else:
        figures["rate"] = run["rows_per_second"]
        seconds = run["rows"] / run["rows_per_second"]
        figures["gflops"] = operations(case, weights, total_tokens, run["rows"]) / seconds / 1e9
    return figures


def summary(case, runs, weights, peak, warm_up):
    """Medians over the runs of each side, and medians of the ratios of pairs.

    `runs` has one dictionary for each repetition, with the run of each side.
    """
    if case.task == "train" and any(pair[SIDES[0]]["tokens"] != pair[SIDES[1]]["tokens"] for pair in runs):
        raise ValueError(f"{case.name}: the two sides were not given the same batches")
    pairs = [{side: side_figures(case, pair[side], weights, warm_up, pair[SIDES[1]].get("total_tokens"))
              for side in SIDES} for pair in runs]
    result = {"case": case.name, "unit": "steps/s" if case.task == "train" else "rows/s", "peak_gflops": peak}
    for side in SIDES:
        names = pairs[0][side]
        result[side] = {name: median(pair[side][name] for pair in pairs) for name in names}
        result[side]["share_of_peak"] = result[side]["gflops"] / peak
    ours, theirs = SIDES
    result["ratio"] = {name: median(pair[ours][name] / pair[theirs][name] for pair in pairs)
                       for name in pairs[0][ours] if name != "gflops"}
    return result


def table(summaries):
    """Lines in the form of a Markdown table; the two numbers of a cell are FineTune's and Python's."""
    heads = ["case", "rate", "ratio", "GFLOP/s", "of GEMM peak", "memory, MB", "ratio", "first step, s", "ratio"]
    rows = [heads, ["---"] + ["---:"] * (len(heads) - 1)] + [cells(summary) for summary in summaries]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def cells(summary):
    def both(name, form, scale=1.0):
        return " / ".join(format(summary[side][name] * scale, form) for side in SIDES)

    ratio = {name: f"{value:.2f}" for name, value in summary["ratio"].items()}
    has_steps = "first_step" in ratio
    return [summary["case"], f"{both('rate', '.2f')} {summary['unit']}", ratio["rate"], both("gflops", ".0f"),
            both("share_of_peak", ".0%"), both("peak_memory", ".0f", 1e-6), ratio["peak_memory"],
            both("first_step", ".2f") if has_steps else "", ratio["first_step"] if has_steps else ""]
