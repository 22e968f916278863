"""Name what an article is about, from its title and from what its text repeats, and tell what kind of thing it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from faqbot.documents.article import Article
from faqbot.documents.blocks import Kind as Block
from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction import kinds
from faqbot.extraction.grammar.lexicon import classes, gerund, is_verb, verb_forms
from faqbot.extraction.grammar.words import PREPOSITIONS, PRONOUNS
from faqbot.extraction.kinds import Kind
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
_BRACKETED: Final = re.compile(r" ?\([^()]*\)")  # "Sky (United Kingdom)"
_DEFINED_AS: Final = re.compile(
    r"(?:^|[.!?] )(?:An? |The )?([A-Z][\w-]{1,20}(?: [a-z][\w-]{1,20}){0,2}) (?:is|are) an? (?:[a-z-]+ ){0,4}"
    r"(?:procedure|treatment|therapy|surgery|operation)s?\b"
)
# Heads of the names of procedures, as one word or as its ending; and the nouns of verbs that titles use instead.
_HEADS: Final = word_set("""
    biopsy blepharoplasty check-up checkup cleaning colonoscopy dialysis extraction facelift facial filler fillers graft
    implant implants injection injections installation laser lift liposuction massage microsuction operation peel peels
    procedure removal repair replacement scan screening service servicing surgery test therapy transfusion transplant
    treatment vaccination
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
MOST_COUNTED: Final = 200  # times that a name is looked at, for how it is written
MOST_MODIFIERS: Final = 3  # words before the head of a name
# Words of titles that are about the article and not about its subject.
_TITLE_WORDS: Final = word_set("""
    advantages advice article benefits blog complete cost costs disadvantages everything expect explained facts faq faqs
    frequently asked guide guides help information introduction know learn need overview post pros cons question
    questions reasons risks side effects things tips top ultimate understanding beginner beginners best entail entails
    answers works work new free really safe worth results aftercare preparation before after your our my page home about
""")


READ: Final = 3000  # words of the article that are counted
_ANY_GENERIC: Final = "|".join(GENERIC)
_NOTHING: Final = r"\b\B"  # what matches nowhere
_DEFINED: Final = re.compile(
    r"\b(?:is|are) (?:an?|the|one of the)\b(?: [^\s.,;]+){0,8}? (?:procedure|treatment|therapy|surgery|operation)s?\b"
)
_SPOKEN_OF: Final = re.compile(
    rf"\b(?:the|this|your|each|every|a|an|during|after|before) (?:\w+[- ]){{0,2}}(?:{_ANY_GENERIC})s?\b"
)
SPOKEN_OF_EVERY: Final = 80  # words: the generic word comes at least so often in an article about a procedure
_NAMED: Final = re.compile(r" (?:procedure|treatment|session|appointment)s?\b")
NAMED_SO: Final = 2  # times that its name is followed by "procedure" or the like
_AROUND: Final = re.compile(
    rf"\b(?:{_ANY_GENERIC}|practitioner|therapist|technician|dermatologist|dentist|surgeon|clinic|salon|patient|nurse)s?\b"
)
_BODY: Final = re.compile(
    r"\b(?:skin|body|bod(?:y|ies)|face|facial|tooth|teeth|hair|eyes?|ears?|blood|pain|wounds?|patients?|surgeons?|doctors?"
    r"|nurses?|muscles?|scars?|medicines?|anaesthe\w+|anesthe\w+|health)\b"
)
FEWEST_MENTIONS: Final = 2  # of "the procedure", "a session" and the like


_TASK: Final = re.compile(r"how (?:to|do i|do you|can i|can you) (.+)", re.IGNORECASE)
_ASIDE: Final = re.compile(r" ?\([^()]{0,80}\)|(?::| [-\u2013\u2014|] ).*|[?!.]$")  # "(for beginners)", "| My blog"
_TITLE_WORD: Final = re.compile(r"[\w'\u2019]+")
_PARTS: Final = re.compile(r": | [-\u2013\u2014|] ")
LONGEST_TASK: Final = 9  # words of a title
LONGEST_DISH: Final = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about.

    Attributes:
        name: as in a sentence ("micro-needling", "changing a tyre"); "" where nothing stands out.
        names: other spellings of it.
        kind: what it is.
        phrase: the name as it stands in a question: "a vasectomy", "laser hair removal".
        task: of a how-to that is named by its verb, that: "change a tyre".
    """

    name: str
    names: tuple[str, ...] = ()
    kind: Kind = Kind.NONE
    phrase: str = ""
    task: str = ""

    @property
    def is_procedure(self) -> bool:
        """Return whether it is something that people undergo."""
        return self.kind is Kind.PROCEDURE

    @property
    def mentions(self) -> re.Pattern[str]:
        """Return what finds it in a lower-case sentence: its names, "the procedure", "this treatment"."""
        known = "|".join(re.escape(name.lower()) for name in (self.name, *self.names) if name)
        generic = rf"(?:the|this|that|your|each|a) (?:(?:{known}|\w+) )?(?:{_ANY_GENERIC})s?"
        generic = generic if self.is_procedure else _NOTHING
        return re.compile(rf"\b(?:{generic}|(?:the )?(?:{known or _ANY_GENERIC}))\b")


def of(article: Article, procedure: str = "") -> Subject:
    """Return what `article` is about, from its title, its headings and what it repeats.

    Where it does not look like a procedure, it is about `procedure`, if a person says so.
    """
    text = _beginning(article)
    headings = tuple(dict.fromkeys(heading for p in article.paragraphs for heading in p.headings))
    if (asked := _TASK.match(article.title)) and (about := _task(_ASIDE.sub("", asked[1]))):
        return about
    first = article.paragraphs[0].headings if article.paragraphs else ()
    name = name_of((article.title, *first), text)
    guessed = _named(name, text)
    if guessed.is_procedure:
        return _small(guessed)
    has_steps = any(p.kind is Block.ITEM and p.ordinal > 1 for p in article.paragraphs)
    dish = _ASIDE.sub("", article.title)
    if kinds.is_task(article.title, headings, has_steps=has_steps) and 0 < len(dish.split()) <= LONGEST_DISH:
        return _small(_named(_as_written(tokens(dish), dish, text), text, Kind.HOWTO))
    if procedure:
        return _named(procedure, text, kinds.of(procedure, text) or Kind.PROCEDURE)
    kind = kinds.of(guessed.name, text) if guessed.name else Kind.NONE
    found = replace(guessed, kind=kind)
    if kind is not Kind.CONDITION:
        return _small(found) if kind is Kind.FORMALITY else found
    title = " ".join(_TITLE_WORD.findall(article.title))
    is_longer = 0 < len(title.split()) <= LONGEST_TASK and set(tokens(found.name)) < set(tokens(title))
    return _small(replace(found, names=(*found.names, title)) if is_longer else found)


def _small(subject: Subject) -> Subject:
    """Return a subject without the capitals of a title: "Caesar" is a name, and "Salad" none."""

    def small(name: str) -> str:
        return " ".join(
            word.lower() if word[1:].islower() and is_english(word.lower()) and not is_name(word.lower()) else word
            for word in name.split(" ")
        )

    return replace(subject, name=small(subject.name), phrase=small(subject.phrase))


def _task(title: str) -> Subject | None:
    """Return the subject of a title like "How to change a tyre"; None where it does not begin with a verb."""
    words = title.split()[:LONGEST_TASK]
    if not words or not any(form.form == "base" for form in verb_forms(words[0].lower())):
        return None
    capitals = sum(word[:1].isupper() for word in words) > len(words) / 2  # a title in title case says nothing of names
    words = [
        word if word.isupper() or is_name(word.lower()) or not (capitals or not n) else word.lower()
        for n, word in enumerate(words)
    ]
    name = " ".join((gerund(words[0]), *words[1:]))
    return Subject(name, (" ".join(words),), Kind.HOWTO, name, " ".join(words))


def kind_of(name: str, names: Sequence[str], text: str) -> Kind:
    """Return what kind of thing a name stands for in a text; NONE where it is no other."""
    return Kind.PROCEDURE if _is_procedure(name, tuple(names), text) else kinds.of(name, text)


def _named(name: str, text: str, kind: Kind | None = None) -> Subject:
    if not name or _says_little(name):
        return Subject("")
    names = tuple(sorted(spellings(name, text) - {name}))
    if kind is None:
        kind = Kind.PROCEDURE if _is_procedure(name, names, text) else Kind.NONE
    return Subject(name, names, kind, _phrase(name, names, text))


def _says_little(name: str) -> bool:
    """Return whether a name is a pronoun or a generic word: "this", "procedure", "special treatment"."""
    weak = PRONOUNS | FUNCTION_WORDS | QUESTION_WORDS | _TITLE_WORDS | PREPOSITIONS | frozenset(GENERIC) | _NO_NAMES
    return all(word in weak or (is_english(word) and classes(word)[0] in "ar") for word in tokens(name)) and not any(
        map(is_name, tokens(name))
    )


def _phrase(name: str, names: tuple[str, ...], text: str) -> str:
    """Return the name with its article where the text counts it: "a vasectomy"."""
    if not name:
        return ""
    known = "|".join(re.escape(spelling) for spelling in (name, *names))
    counted = re.findall(rf"\b[Aa]n? (?:{known})\b(?! \w+(?:ist|or|er)s?\b)", text)
    return f"{counted[0].split()[0].lower()} {name}" if counted else name


def _beginning(article: Article) -> str:
    words: list[str] = []
    for paragraph in article.paragraphs:
        words += paragraph.text.split()
        if len(words) > READ:
            break
    return " ".join(words[:READ])


def _is_procedure(name: str, names: tuple[str, ...], text: str) -> bool:
    """Return whether `name` is something that people undergo: by its head, its definition, or what stands around it."""
    last = re.split(r"[\s-]+", name)[-1]
    if not last.islower():  # a name in capitals is somebody's
        return False
    lower = text.lower()
    headed = is_head(last) or is_head(name.rsplit(maxsplit=1)[-1].lower())
    around = len(_AROUND.findall(lower)) >= FEWEST_MENTIONS
    if headed and (around or (" " in name and len(_BODY.findall(lower)) >= FEWEST_MENTIONS)):
        return True
    known = "|".join(re.escape(n.lower()) for n in (name, *names))
    named = 0
    for match in re.finditer(rf"\b(?:{known})\b", lower):
        if _DEFINED.match(lower, match.end() + 1, match.end() + 120):
            return True
        named += bool(_NAMED.match(lower, match.end()))
    if named >= NAMED_SO:
        return True
    words = max(1, len(lower.split()))
    spoken = len(_SPOKEN_OF.findall(lower)) * SPOKEN_OF_EVERY >= words
    return spoken and any(generic in lower for generic in ("procedure", "treatment"))


def name_of(titles: Sequence[str], text: str) -> str:
    """Return the part of the title that the text repeats most, as the text writes it; else what it repeats most."""
    counts = _phrases(tokens(text))
    parts = [part for title in titles for part in _PARTS.split(_BRACKETED.sub("", title))]
    whole = [part for part in parts if _is_name(words := tokens(_ARTICLE.sub("", part.strip()))) and counts[words] > 1]
    if whole:
        best = max(whole, key=lambda part: counts[tokens(_ARTICLE.sub("", part.strip()))])
        return _as_written(tokens(_ARTICLE.sub("", best.strip())), best, text)
    if defined := _DEFINED_AS.search(text):
        return _as_written(tokens(defined[1]), "", text)
    repeated = _repeated_procedure(counts)
    for title in filter(None, (_BRACKETED.sub("", title) for title in titles)):
        words = tokens(title)
        words = words[words[0] in ("a", "an", "the") :] if words else words
        if _is_name(words) and (counts[words[-1:]] or not repeated):
            return _as_written(words, title, text)
        part = _procedure_in(title, counts) or repeated or _known_part(words, counts)
        if part:
            return _as_written(part, "", text)
    return _as_written(part, "", text) if (part := repeated or _most_repeated(counts)) else ""


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
    if edges & (weak | _NO_NAMES) or not part[-1].isalpha() or len(part[-1]) < 3:
        return False
    if classes(part[-1])[0] in "vr" and not is_head(part[-1]):
        return False  # nothing is called "not" or "take"
    return len(part) > 1 or not any(form.form in ("third", "past") for form in verb_forms(part[0]))


def _as_written(part: tuple[str, ...], title: str, text: str) -> str:
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
