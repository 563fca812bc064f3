"""The small grammar behind the corpus: slots with values, and templates that put them in words.

A slot value is text with equivalent wordings separated by `|`, a dictionary of such texts (one for
each grammatical form, used as `{slot.form}`), or a `Number`. A template may offer wordings in
square brackets: `[found|discovered]`.
"""

import dataclasses
import re

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclasses.dataclass(frozen=True)
class Number:
    """A count that is written in digits or, below one hundred, in words."""

    value: int
    unit: str = ""

    @property
    def digits(self):
        return f"{self.value:,}" + self.unit

    @property
    def words(self):
        if self.value >= 100:
            return self.digits
        tens, ones = divmod(self.value, 10)
        if self.value < 20:
            return UNITS[self.value] + self.unit
        return TENS[tens] + (f"-{UNITS[ones]}" if ones else "") + self.unit


def numbers(*values, unit=""):
    return [Number(value, unit) for value in values]


@dataclasses.dataclass(frozen=True)
class Frame:
    """One kind of event: its slots, the templates that tell it, and which slots are opposites."""

    name: str
    slots: dict
    says: list
    # Pairs of slots whose exchange makes another event: who beat whom.
    swaps: tuple = ()
    # Whether "officials said" may be put around a sentence.
    reported: bool = True

    def domain(self, slot):
        """The values of a slot; a slot may share those of another by naming it."""
        values = self.slots[slot]
        return self.slots[values] if isinstance(values, str) else values


def options(text):
    """The wordings of a value."""
    return text.split("|")


def expand(template, random):
    """The template with one wording chosen in each pair of brackets."""
    def pick(match):
        return random.choice(options(match.group(1)))
    return re.sub(r"\[([^\]]*)\]", pick, template)


def slots_of(template):
    """The names of the slots that a template mentions."""
    return {name.split(".")[0] for name in re.findall(r"\{([\w.]+)\}", template)}


def put_in_words(template, facts, random):
    """The sentence that an expanded template makes of the facts, without its final form."""
    def fill(match):
        name, _, form = match.group(1).partition(".")
        value = facts[name]
        if isinstance(value, Number):
            if form:
                return value.digits if form == "digits" else value.words
            return random.choice([value.digits, value.words])
        return random.choice(options(value[form] if form else value))
    return re.sub(r"\{([\w.]+)\}", fill, template)


VOWEL_SOUND = re.compile(r"(?!one\b|once\b|uni|use|euro)[aeiou]|8|11\b|18\b|hour|honest")


def polish(text):
    """Spaces, articles, the capital and the full stop."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([,;:.])", r"\1", text)

    def article(match):
        following = match.group(2)
        right = "an" if VOWEL_SOUND.match(following.lower()) else "a"
        return (right if match.group(1)[0] == "a" else right.capitalize()) + " " + following
    text = re.sub(r"\b([Aa]n?) (\w+)", article, text)
    text = text[0].upper() + text[1:]
    return text if text.endswith(".") else text + "."
