"""Random things that somebody or something may type at a chat, the same for the same seed."""

import random

COMMANDS = ("topics", "source", "why", "good", "bad", "kb", "save", "save!", "clear", "help", "/", "", "x" * 500)
ARGUMENTS = ("", " ", " all", " ~", " ~nobody/x", " /", " /dev/full", " \0", " a\tb", " '", ' ""', " 9" * 50, " \ud800")
WORDS = (
    "how",
    "long",
    "does",
    "it",
    "take",
    "price",
    "hurt",
    "acne",
    "2",
    "#1",
    "**bold**",
    "[x](y)",
    "\u202e",
    "🙂",
    "نص",
)
SEQUENCES = (
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b[A",
    "\x1b[200~two\nlines\x1b[201~",
    "\x9b1m",
    "\x1b",
    "\x07",
    "\x08",
    "\r",
)
LARGE = 1_000_000


def lines(count, seed):
    """Yield so many lines as a terminal or a pipe may bring them; one in 500 holds a megabyte."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 500 == 499:
            yield chance.choice([*WORDS, *SEQUENCES]).replace("\n", " ") * (LARGE // 5)  # one line, not 200,000
            continue
        match chance.randrange(5):
            case 0:
                yield "/" + chance.choice(COMMANDS) + chance.choice(ARGUMENTS)
            case 1:
                yield " ".join(chance.choices(WORDS, k=chance.randrange(12)))
            case 2:
                yield "".join(chance.choices([*SEQUENCES, *WORDS], k=chance.randrange(9)))
            case 3:
                yield bytes(chance.randrange(256) for _ in range(chance.randrange(60))).decode("latin-1")
            case 4:
                yield chance.choice(["q" * 20_000, "/kb " + "z" * 9000, "🙂" * 3000, "/topics " + "\x1b[" * 5000, "7"])
