# SPDX-License-Identifier: ISC
"""What the synthesisers say: sentences that nobody wrote.

Numbers are read as real words in every language, invented words give every
language its own sounds, and a small English grammar gives whole sentences.
So no text of anybody else enters the training."""

ONSETS = "b br d dr f fl g gr h j k kl kr l m n p pl pr r s sk sl sp st sw t tr v w z sh ch".split()
VOWELS = "a e i o u a e i o ai ea ou oo".split()
CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "k", "nd", "st", "ng"]

DETERMINERS = "the a this every no your our that".split()
ADJECTIVES = "small green late open heavy quiet warm broken early narrow second yellow".split()
NOUNS = ("train river garden window letter doctor market shadow bottle engine teacher mountain "
         "ticket kitchen harbour number machine question forest paper").split()
VERBS = ("finds carries opens leaves follows remembers watches answers builds forgets crosses "
         "repairs hides measures").split()
ENDINGS = ("after the rain", "in the morning", "without a word", "near the old bridge", "for an hour",
           "before it gets dark", "at the end of the street", "as usual", "once more", "")


def invented(rng):
    """One word of one to four made-up syllables."""
    def syllable():
        return rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS)
    return "".join(syllable() for _ in range(rng.integers(1, 5)))


def number(rng):
    return str(rng.integers(0, 10 ** int(rng.integers(1, 7))))


def foreign(rng):
    """Some words and numbers, for a voice of any language."""
    words = [number(rng) if rng.random() < 0.4 else invented(rng) for _ in range(rng.integers(1, 12))]
    if len(words) > 5 and rng.random() < 0.5:
        words[len(words) // 2] += ","
    return " ".join(words) + rng.choice([".", ".", "?", "!"])


def english(rng):
    """A sentence of the small grammar, sometimes only a part of one."""
    def phrase():
        return " ".join([rng.choice(DETERMINERS), rng.choice(ADJECTIVES), rng.choice(NOUNS)])
    if rng.random() < 0.2:
        return phrase() + "."
    return "%s %s %s %s." % (phrase(), rng.choice(VERBS), phrase(), rng.choice(ENDINGS))
