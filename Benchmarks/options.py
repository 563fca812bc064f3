"""Options that the programs have in common."""

import argparse

from environment import ROOT


def choice(values, kind=str):
    """A list of some of `values`, separated by commas."""
    def parse(text):
        chosen = [kind(word) for word in text.split(",")]
        if not set(chosen) <= set(values):
            raise argparse.ArgumentTypeError(f"choose from {', '.join(map(str, values))}")
        return chosen
    return parse


def numbers(text):
    """A list of integers, separated by commas."""
    return [int(word) for word in text.split(",")]


def parser(description):
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("--dataset", default=str(ROOT / "Demo/paraphrase"), help="pairs of sentences with labels")
    result.add_argument("--dataset-config")
    return result
