"""Name what an article is about: from its titles, and from what its text repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction import kinds
from faqbot.extraction.grammar.lexicon import classes, is_verb, verb_forms
from faqbot.extraction.grammar.words import PEOPLE, PREPOSITIONS, PRONOUNS
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, tokens, word_set

# What people undergo, as the word is used for the thing itself: "the procedure", "a session".
GENERIC: Final = (
    "procedure", "treatment", "therapy", "surgery", "operation", "session", "technique", "appointment", "intervention",
    "injection", "implantation", "examination", "screening", "visit", "service",
)  # fmt: skip
LENGTH_POWER: Final = 1.5  # a name of two words beats one of its words that comes up to 2.8 times as often
FEWEST_REPEATED: Final = 3  # times that a text without a title says what it is about
LONGEST_NAME: Final = 4  # words; a longer title is a sentence
_ARTICLE: Final = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
BRACKETED: Final = re.compile(r" ?\([^()]*\)")  # "Sky (United Kingdom)"
_DEFINED_AS: Final = re.compile(
    r"(?:^|[.!?] )(?:An? |The )?([A-Z][\w-]{1,20}(?: [a-z][\w-]{1,20}){0,2}) (?:is|are) an? (?:[a-z-]+ ){0,4}"
    r"(?:procedure|treatment|therapy|surgery|operation)s?\b"
)
# Heads of the names of procedures, as one word or as its ending; and the nouns of verbs that titles use instead.
_HEADS: Final = word_set("""
    biopsy blepharoplasty check-up checkup cleaning colonoscopy dialysis extraction facelift facial filler fillers graft
    implant implants injection injections installation laser lift liposuction massage microsuction operation peel peels
    procedure removal repair replacement scan screening service servicing surgery test therapy transfusion transplant
    treatment vaccination reduction augmentation resurfacing rejuvenation tightening
""")
_HEAD_ENDINGS: Final = (
    "ectomy", "plasty", "otomy", "ostomy", "oscopy", "pexy", "therapy", "puncture", "suction", "abrasion", "syringing",
    "whitening", "bleaching", "waxing", "threading", "tattooing", "piercing", "cupping", "bonding",
    "planing",
)  # fmt: skip
_VAGUE_HEADS: Final = word_set("removal treatment surgery service procedure therapy operation repair test")
_NOUNS: Final = {
    "service": "service", "clean": "cleaning", "repair": "repair", "replace": "replacement", "install": "installation",
    "remove": "removal", "whiten": "whitening",
}  # fmt: skip
_DONE_TO: Final = re.compile(rf"\b({'|'.join(_NOUNS)}) (?:your|the|an?|my|our) ((?:[a-z-]+ )?[a-z-]+)\b")
_ORDINALS: Final = word_set("first second third next last only own best new good")
_NO_NAMES: Final = word_set("""
    child children baby babies parent parents mother father son daughter family man men woman women adult adults
    not no never only also most many some any other another day days week weeks month months year years hour hours
    minute minutes people person patient patients time times thing things number part way skin body face blood pain
    water area
""")
_IRREGULAR_PLURALS: Final = frozenset(("teeth", "feet", "children", "people", "men", "women", "mice", "lice"))
# Titles with these say what a reader does, and name nothing: "Getting diagnosed", "Food and keeping active".
_DOINGS: Final = word_set("""
    getting keeping living having going making being doing taking using finding understanding managing dealing coping
    preparing choosing
""")
MOST_COUNTED: Final = 200  # times that a name is looked at, for how it is written
MOST_MODIFIERS: Final = 3  # words before the head of a name
# Words of titles that are about the article and not about its subject.
_TITLE_WORDS: Final = word_set("""
    advantages advice article benefits blog complete cost costs disadvantages everything expect explained facts faq faqs
    frequently asked guide guides help information introduction know learn need overview post pros cons question
    questions reasons risks side effects things tips top ultimate understanding beginner beginners best entail entails
    answers works work new free really safe worth results aftercare preparation before after your our my page home about
""")
_PARTS: Final = re.compile(r": | [-\u2013\u2014|] ")


def name_of(titles: Sequence[str], text: str) -> str:
    """Return the part of the title that the text repeats most, as the text writes it; else what it repeats most."""
    counts = _phrases(tokens(text))
    parts = [part for title in titles for part in _PARTS.split(BRACKETED.sub("", title)) if part]
    parts.sort(key=lambda part: not kinds.is_condition(part, text))
    whole = [part for part in parts if _is_name(words := tokens(_ARTICLE.sub("", part.strip()))) and counts[words] > 1]
    if whole:
        best = max(whole, key=lambda part: counts[tokens(_ARTICLE.sub("", part.strip()))])
        return as_written(tokens(_ARTICLE.sub("", best.strip())), best, text)
    if defined := _DEFINED_AS.search(text):
        return as_written(tokens(defined[1]), "", text)
    repeated = _repeated_procedure(counts)
    for title in parts:
        words = tokens(title)
        words = words[words[0] in ("a", "an", "the") :] if words else words
        if _is_name(words) and (counts[words[-1:]] or not repeated):
            return as_written(words, title, text)
        part = _procedure_in(title, counts) or repeated or _known_part(words, counts)
        if part:
            return as_written(part, "", text)
    return as_written(part, "", text) if (part := repeated or _most_repeated(counts)) else ""


def _is_name(words: tuple[str, ...]) -> bool:
    """Return whether all words of a title can be a name."""
    weak = QUESTION_WORDS | _TITLE_WORDS | PRONOUNS
    generic = set(words) <= frozenset(GENERIC) | FUNCTION_WORDS
    return 0 < len(words) <= LONGEST_NAME and not generic and not weak & set(words)


def _known_part(words: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the part of a title that the text repeats most; () where it repeats none."""
    parts = {words[i:j] for i in range(len(words)) for j in range(i + 1, min(len(words), i + LONGEST_NAME) + 1)}
    known = {part: counts[part] * len(part) ** LENGTH_POWER for part in parts if _can_name(part) and counts[part]}
    return max(sorted(known), key=lambda part: known[part], default=())


def _most_repeated(counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what a text without a title that tells repeats most, if it is more than chance; () for nothing."""
    often = {part: count * len(part) for part, count in counts.items() if _can_name(part) and count >= FEWEST_REPEATED}
    return max(sorted(often), key=lambda part: often[part], default=())


def _procedure_in(title: str, counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the name of a procedure in a title, by its head: "tattoo removal"; () where there is none."""
    if match := _DONE_TO.search(title.lower()):
        return (*match[2].split()[-1:], _NOUNS[match[1]])
    words = [word for part in re.split(r"[,:;?!\u2013\u2014()]| - ", title) for word in (*part.split(), "")]
    names: list[tuple[str, ...]] = []
    for place, word in enumerate(words):
        if not is_head(word.lower()):
            continue
        start = place
        while start and place - start < MOST_MODIFIERS and _modifies(words[start - 1].lower()):
            start -= 1
        names.append(tokens(" ".join(words[start : place + 1])))
    return max(names, key=lambda name: (len(name), counts[name]), default=())


def _repeated_procedure(counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the name of a procedure that a text repeats, by its head; () where there is none."""
    named = {
        part: count * len(part) ** LENGTH_POWER for part, count in counts.items()
        if count >= FEWEST_REPEATED and is_head(part[-1]) and all(map(_modifies, part[:-1]))
        and (len(part) > 1 or part[-1] not in _VAGUE_HEADS | set(GENERIC))
    }  # fmt: skip
    return max(sorted(named), key=lambda part: named[part], default=())


def is_head(word: str) -> bool:
    """Return whether a word, in lower case, can be the head of a procedure's name: "removal", "vasectomy"."""
    return word in _HEADS or word.endswith(_HEAD_ENDINGS)


def _modifies(word: str) -> bool:
    weak = FUNCTION_WORDS | QUESTION_WORDS | _TITLE_WORDS | PREPOSITIONS | PRONOUNS
    gerund = word.endswith("ing") and any(is_verb(form.lemma) for form in verb_forms(word))
    return bool(word) and word[0].isalpha() and word not in weak | _ORDINALS and not (is_verb(word) or gerund)


def _phrases(words: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for size in range(1, LONGEST_NAME + 1):
        counts.update(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
    return counts


def _can_name(part: tuple[str, ...]) -> bool:
    edges = {part[0], part[-1]}
    weak = FUNCTION_WORDS | QUESTION_WORDS | _TITLE_WORDS | PREPOSITIONS | PRONOUNS | frozenset(GENERIC)
    if edges & (weak | _NO_NAMES | PEOPLE) or not part[-1].isalpha() or len(part[-1]) < 3:
        return False
    if classes(part[-1])[0] in "vr" and not is_head(part[-1]):
        return False  # nothing is called "not" or "take"
    return len(part) > 1 or not any(form.form in ("third", "past") for form in verb_forms(part[0]))


def as_written(part: tuple[str, ...], title: str, text: str) -> str:
    """Return words as they are written most often, in lower case unless they are always in capitals."""
    pattern = re.compile(r"\b" + r"[\s\-\u2011'\u2019.]{0,3}".join(map(re.escape, part)) + r"\b", re.IGNORECASE)
    written = Counter(" ".join(found.split()) for found in pattern.findall(text)[:MOST_COUNTED] if found.strip())
    if not written:
        plain = _ARTICLE.sub("", title.strip()) or " ".join(part)
        return (
            plain
            if any(map(is_name, part))
            else f"{plain[:1].lower()}{plain[1:]}"
            if is_head(part[-1]) and not plain[1:2].isupper()
            else plain
        )
    middle = [found for found in written if not found[0].isupper()]
    if middle:
        return max(middle, key=lambda found: written[found])
    best = max(written, key=lambda found: written[found])
    # Only ever at the start of sentences: its case says nothing, unless it goes on in capitals.
    if all(re.search(rf"(?:^|[.!?:] ){re.escape(found)}", text) for found in written) and best[1:].islower():
        inside = re.search(rf"[a-z,] {re.escape(best)}\b", text)
        return best if inside or best[1:2].isupper() or is_name(best.lower()) else best[0].lower() + best[1:]
    return best


def spellings(name: str, text: str) -> set[str]:
    """Return what else a name is called: other spellings ("microneedling"), its end ("hair removal"), its initials."""
    parts = re.split(r"[\s-]+", name)
    found = {"".join(parts), " ".join(parts), name} if len(parts) == 2 and "-" in name else {name}
    if len(parts) == 1:
        whole = name.lower()
        pairs = set(re.findall(r"\b[a-z]+[- ][a-z]+\b", text.lower()))
        found |= {pair for pair in pairs if re.sub(r"[- ]", "", pair) == whole}
    if len(parts) > 1 and is_head(parts[-1].lower()):
        found |= {" ".join(parts[start:]) for start in range(1, len(parts) - 1)}
        found |= {parts[-1]} if parts[-1].lower() not in _VAGUE_HEADS else set()
        found |= {part for part in parts if part.isupper() and len(part) > 2}
    return found


def says_little(name: str) -> bool:
    """Return whether a name is a pronoun or a generic word: "this", "procedure", "special treatment"."""
    weak = PRONOUNS | FUNCTION_WORDS | QUESTION_WORDS | _TITLE_WORDS | PREPOSITIONS | frozenset(GENERIC) | _NO_NAMES
    if not set(tokens(name)[:-1]).isdisjoint(_DOINGS) or tokens(name)[0] in _DOINGS:
        return True
    return all(word in weak or (is_english(word) and classes(word)[0] in "ar") for word in tokens(name)) and not any(
        map(is_name, tokens(name))
    )


def abbreviations(name: str, text: str) -> tuple[str, ...]:
    """Return what a text puts in brackets behind a name, in the singular too: "urinary tract infections (UTIs)"."""
    words = name.split()
    found = re.search(rf"\b(?i:{re.escape(name)}) \(([A-Z]{{2,5}})(s?)\)", text) if len(words) > 1 else None
    if not found or found[1][0].lower() != words[0][0].lower() or found[1].lower() in FUNCTION_WORDS:
        return ()
    return tuple(dict.fromkeys((found[1] + found[2], found[1])))


def is_plural(name: str) -> bool:
    """Return whether a name is a plural by its head: "balance problems", "diseases of the eye"."""
    head = re.split(r" (?:of|in|on|for|with|to|from) ", name)[0].split()[-1].lower()
    if head in _IRREGULAR_PLURALS:
        return True
    singular = head.removesuffix("s")
    if head == singular or head.endswith(("ss", "us", "is")):
        return False
    return is_english(singular)
