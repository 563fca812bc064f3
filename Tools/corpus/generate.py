"""Writes the paraphrase corpus of `Demo/paraphrase`: original English sentence pairs, MRPC's schema.

    python Tools/corpus/generate.py            # writes the three files
    python Tools/corpus/generate.py --check    # fails unless they are what would be written
    python Tools/corpus/generate.py --report   # how balanced they are
    python Tools/corpus/generate.py --show 20  # some pairs to read

Each pair starts from the facts of one event. Two templates put the facts into words for a positive
pair; for a negative pair the second sentence tells facts that differ in one or two slots, or in
who did what to whom. Everything is drawn from a seeded generator, so the files never change
without the grammar.
"""

import argparse
import collections
import json
import pathlib
import random as randomness
import re
import sys

import grammar
import lexicon
from topics import FRAMES

SEED = "paraphrase-1"
TARGET = pathlib.Path(__file__).parents[2] / "Demo/paraphrase"
# Pairs in each split: equivalent, not equivalent.
SIZES = {"train": (1200, 800), "validation": (180, 120), "test": (180, 120)}
# Kinds of event that training never shows.
UNSEEN_FRAMES = {"energy/source", "sport/race", "health/vaccine", "museums/theft"}
CALENDAR = (lexicon.MONTHS, lexicon.DAYS, lexicon.YEARS, lexicon.DATES)
NAMES = (lexicon.TOWNS, lexicon.PEOPLE, lexicon.COMPANIES)
# How many facts differ in a negative pair, and how often two exchange their roles instead.
CHANGES = (1, 2, 2, 2, 3, 3, 3, 4, 4, 5)
SWAPPED = 0.12
# How often both sentences of a pair come from one template: equivalent, not equivalent.
SAME_TEMPLATE = (0.15, 0.35)
REPORTERS = ["officials", "local radio", "a spokeswoman", "the local newspaper"]
ALREADY_REPORTED = re.compile(
    r"\b(say|said|says|found|show|showed|shows|according|reported|announced|told|believe|noticed"
    r"|advises|concluded|suggests|survey|forecast)\b|;")
OPENING_PHRASE = re.compile(
    r"^(on|in|by|from|after|because|for|with|near|at|within|while|not|leaving|to) ")
LENGTHS = range(9, 27)


class Writer:
    """Draws events and puts them into words, for training or for evaluation."""

    def __init__(self, split):
        self.random = randomness.Random(f"{SEED}/{split}")
        self.training = split == "train"

    def frames(self):
        return [f for f in FRAMES if not (self.training and f.name in UNSEEN_FRAMES)]

    def values(self, frame, slot):
        """The values of a slot; a fifth of the names are kept for evaluation."""
        domain = frame.domain(slot)
        is_names = all(isinstance(v, str) for v in domain) and domain not in CALENDAR
        if not self.training or not is_names or len(domain) < 8:
            return domain
        return [value for i, value in enumerate(domain) if i % 5 != 4]

    def templates(self, frame):
        """The templates; the last of each frame is kept for evaluation."""
        return frame.says[:-1] if self.training else frame.says

    def facts(self, frame):
        """A value for each slot; slots that share values get different ones."""
        facts = {}
        for slot in frame.slots:
            free = [v for v in self.values(frame, slot) if v not in facts.values()]
            facts[slot] = self.random.choice(free)
        return facts

    def change(self, frame, facts):
        """Facts of another event, with the slots in which they differ."""
        if frame.swaps and self.random.random() < SWAPPED:
            a, b = self.random.choice(frame.swaps)
            return {**facts, a: facts[b], b: facts[a]}, {a, b}
        count = self.random.choice(CHANGES)
        slots = [s for s in frame.slots for _ in range(self.weight(frame, s))]
        changed = set()
        while len(changed) < min(count, len(frame.slots) - 1):
            changed.add(self.random.choice(slots))
        other = dict(facts)
        for slot in sorted(changed):
            free = [v for v in self.values(frame, slot)
                    if v not in facts.values() and v not in other.values()]
            other[slot] = self.random.choice(free)
        return other, changed

    @staticmethod
    def weight(frame, slot):
        """How often a slot is changed: what happened counts for more than when and how many."""
        domain = frame.domain(slot)
        if isinstance(domain[0], grammar.Number) or domain in CALENDAR:
            return 1
        return 2 if any(domain is names for names in NAMES) else 4

    def report(self, frame, text):
        """The sentence, now and then with who said so."""
        if not frame.reported or ALREADY_REPORTED.search(text) or self.random.random() > 0.2:
            return text
        source = self.random.choice(REPORTERS)
        if OPENING_PHRASE.match(text) or self.random.random() < 0.5:
            return f"{text}, {source} said"
        return self.random.choice([f"{source} said that {text}", f"{source} reported that {text}",
                                   f"according to {source}, {text}"])

    def sentence(self, frame, template, facts):
        text = grammar.put_in_words(template, facts, self.random)
        return grammar.polish(self.report(frame, text))

    def pair(self, frame, equivalent):
        """Two sentences about one event or about two, or nil when the draw does not fit."""
        facts = self.facts(frame)
        other, changed = (facts, set()) if equivalent else self.change(frame, facts)
        first = self.random.choice(self.templates(frame))
        again = self.random.random() < SAME_TEMPLATE[0 if equivalent else 1]
        second = first if again else self.random.choice(self.templates(frame))
        first, second = (grammar.expand(t, self.random) for t in (first, second))
        common = grammar.slots_of(first) & grammar.slots_of(second)
        if not changed <= common or len(grammar.slots_of(first) ^ grammar.slots_of(second)) > 1:
            return None
        sentences = [self.sentence(frame, first, facts), self.sentence(frame, second, other)]
        if not all(len(s.split()) in LENGTHS for s in sentences):
            return None
        self.random.shuffle(sentences)
        return tuple(sentences)


def differ(a, b):
    """Whether two sentences differ in more than capitals and punctuation."""
    return re.findall(r"\w+", a.lower()) != re.findall(r"\w+", b.lower())


def make_split(split, used):
    """The rows of a split; `used` holds the sentences of earlier splits."""
    writer = Writer(split)
    labels = [1] * SIZES[split][0] + [0] * SIZES[split][1]
    writer.random.shuffle(labels)
    rows, deck, seen = [], [], set()
    for label in labels:
        while True:
            if not deck:
                deck = writer.frames()
                writer.random.shuffle(deck)
            pair = writer.pair(deck.pop(), label == 1)
            if pair and differ(*pair) and not used & set(pair) and frozenset(pair) not in seen:
                break
        seen.add(frozenset(pair))
        rows.append({"sentence1": pair[0], "sentence2": pair[1], "label": label, "idx": len(rows)})
    used.update(sentence for pair in seen for sentence in pair)
    return rows


def make_corpus():
    """The text of each file by its name."""
    used = set()
    files = {}
    for split in SIZES:
        rows = make_split(split, used)
        files[f"{split}.jsonl"] = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    return files


def overlap(row):
    words = [set(re.findall(r"\w+", row[k].lower())) for k in ("sentence1", "sentence2")]
    return len(words[0] & words[1]) / len(words[0] | words[1])


def best_threshold(scored):
    """The accuracy of the best rule "equivalent when the score is at least t"."""
    positives = sum(label for _, label in scored)
    best = right = max(positives, len(scored) - positives)
    right = positives
    for _, label in sorted(scored):
        right += 1 if label == 0 else -1
        best = max(best, right)
    return best / len(scored)


def report(files):
    """Prints what a model could get by without reading."""
    for name, text in files.items():
        rows = [json.loads(line) for line in text.splitlines()]
        lengths = [len(r[k].split()) for r in rows for k in ("sentence1", "sentence2")]
        mean = {label: sum(overlap(r) for r in rows if r["label"] == label)
                / sum(r["label"] == label for r in rows) for label in (0, 1)}
        print(f"{name}: {len(rows)} pairs, {len(text.encode())} bytes;"
              f" {min(lengths)}-{max(lengths)} words, mean {sum(lengths) / len(lengths):.1f};"
              f" labels {dict(collections.Counter(r['label'] for r in rows))};"
              f" word overlap {mean[1]:.2f} equivalent, {mean[0]:.2f} not;"
              f" best overlap rule {best_threshold([(overlap(r), r['label']) for r in rows]):.3f}")


def main():
    arguments = argparse.ArgumentParser(description="Writes Demo/paraphrase.")
    arguments.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments.add_argument("--report", action="store_true", help="print statistics")
    arguments.add_argument("--show", type=int, default=0, metavar="N", help="print N pairs")
    chosen = arguments.parse_args()
    files = make_corpus()
    if chosen.report:
        report(files)
    if chosen.show:
        rows = [json.loads(line) for text in files.values() for line in text.splitlines()]
        for row in randomness.SystemRandom().sample(rows, chosen.show):
            print(f"{row['label']}  {row['sentence1']}\n   {row['sentence2']}")
    if chosen.check:
        stale = [n for n, text in files.items() if (TARGET / n).read_bytes() != text.encode()]
        sys.exit(f"Not what the generator writes: {', '.join(stale)}" if stale else 0)
    if not (chosen.report or chosen.show):
        TARGET.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (TARGET / name).write_bytes(text.encode())


if __name__ == "__main__":
    main()
