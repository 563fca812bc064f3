"""The topics of the corpus, each a list of frames."""

from topics import business, civic, leisure, nature

FRAMES = civic.FRAMES + nature.FRAMES + business.FRAMES + leisure.FRAMES
