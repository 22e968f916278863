"""Questions about who does what, and to what: the parts that subject, object and agent play in a clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faqbot.extraction.grammar.clause import Clause
from faqbot.extraction.grammar.inversion import inverted, object_end, rest_of
from faqbot.extraction.grammar.lexicon import past, third
from faqbot.extraction.grammar.quantity_questions import MONTHS, TIME_WORDS, is_time
from faqbot.extraction.grammar.words import DETERMINERS, PREPOSITIONS, PRONOUNS, Word, joined

_PEOPLE: Final = """
    people person man men woman women child children student students king queen president teacher teachers son sons
    daughter brother father mother wife husband friend friends patient patients doctor doctors artist artists author
    writer actor actress singer scientist scientists soldier soldiers leader leaders emperor player players team teams
    company companies network government university parliament council court army navy church party school band group
    board club committee police family staff ministry agency congress senate
    nurse nurses guild guilds choir voters sailors romans greeks
"""
PEOPLE: Final = frozenset(_PEOPLE.split())
# Verbs of people and of groups of people: a capitalised subject of theirs is somebody.
_HUMAN_WORDS: Final = """
    accept accuse admit agree announce appoint argue arrive ask assert attend believe buy claim coin compose conclude
    condemn decide declare defeat describe design die direct discover dismiss earn elect express find graduate invent
    intend investigate invite join kill learn live marry meet move note observe paint perform persuade play plead praise
    predict propose prove publish purchase record refuse reject reply resign return say sell sign speak star state study
    succeed employ hire suggest teach tell testify think travel try urge visit vote warn win write
"""
_HUMAN: Final = frozenset(_HUMAN_WORDS.split())
# What is won, written or launched is a thing, however it is spelt.
_OF_THINGS_WORDS: Final = """
    abandon achieve acquire adopt announce attend build buy compile complete compose construct contain create design
    develop discover earn establish found host install introduce invent launch lose open operate organise organize own
    paint pass perform produce propose publish purchase receive record release represent restore sign sponsor study
    teach undergo win write
"""
_OF_THINGS: Final = frozenset(_OF_THINGS_WORDS.split())
# Verb, or participle, and the preposition that a question about its object ends in.
STRANDED: Final = {
    "abbreviate": ("as",), "associate": ("with",), "base": ("on",), "belong": ("to",), "compose": ("of",),
    "concentrate": ("on",), "concern": ("with",), "connect": ("to",), "consist": ("of",), "deal": ("with",),
    "define": ("as",), "depend": ("on", "upon"), "derive": ("from",), "describe": ("as",), "divide": ("into",),
    "equip": ("with",), "explain": ("by",), "focus": ("on",), "lead": ("to",), "limit": ("to",), "link": ("to",),
    "make": ("of", "from"), "organise": ("into",), "originate": ("from",), "refer": ("to",), "regard": ("as",),
    "relate": ("to",), "rely": ("on",), "replace": ("with",), "respond": ("to",), "restrict": ("to",),
    "result": ("in",), "see": ("as",), "separate": ("from",), "serve": ("as",), "split": ("into",), "stand": ("for",),
    "stem": ("from",), "suffer": ("from",), "turn": ("into",), "view": ("as",), "consider": ("as",),
    "measure": ("in",), "exclude": ("from",), "protect": ("from", "against"), "surround": ("by",), "influence": ("by",),
    "specialise": ("in",),
}  # fmt: skip
# "X is famous for Y": adjectives with their preposition.
STRANDED_ADJECTIVES: Final = {
    "famous": "for", "responsible": "for", "known": "for", "notable": "for", "renowned": "for", "similar": "to",
    "subject": "to", "capable": "of", "dependent": "on", "rich": "in", "concerned": "about", "opposed": "to",
    "home": "to", "equivalent": "to", "important": "for", "essential": "for", "unique": "to",
}  # fmt: skip
_SAID_WORDS: Final = """
    admit allege announce argue assert assume believe calculate claim conclude confirm declare decide demonstrate deny
    discover estimate expect explain feel find guess hope imply indicate learn maintain mean note observe predict
    propose prove realise realize recommend report reveal say show state stipulate suggest suspect teach think warn
"""
_SAID: Final = frozenset(_SAID_WORDS.split())
_CONTENTS_WORDS: Final = "include contain comprise cause mean require involve need cover produce"
_CONTENTS: Final = frozenset(_CONTENTS_WORDS.split())
_MEANS_WORDS: Final = (
    "hand post mail email bus train car bicycle boat plane weight lot phone far default law accident mistake"
)
_MEANS: Final = frozenset(_MEANS_WORDS.split())
_BE_WORDS: Final = "is are was were be been"
_BE: Final = frozenset(_BE_WORDS.split())
_LINKING_WORDS: Final = "be have become remain seem appear feel look make let get keep help"
_LINKING: Final = frozenset(_LINKING_WORDS.split())
_AGENT_ENDINGS: Final = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians")
_PLURAL_AGENTS: Final = ("ers", "ors", "ists", "ians")
MOST_OBJECT: Final = 8  # words
LONGEST_WHEN: Final = 3  # words of a time that a question about its agent ends in
LONGEST_BEFORE_WHEN: Final = 6  # words between verb and time
FARTHEST_BY: Final = 5  # words between a verb and "by"
LONGEST_AGENT: Final = 5  # words of a subject that is asked for


def is_person(part: Sequence[Word]) -> bool:
    """Return whether a noun phrase names people for sure: by its head, or by a name behind it."""
    head = next((n for n, word in enumerate(part) if word.lower in PREPOSITIONS or word.after), len(part) - 1)
    return any(word.lower in PEOPLE for word in part[: head + 1]) or (
        len(part) > 2 and part[0].lower in DETERMINERS and is_named(part[-2:])
    )


def is_named(part: Sequence[Word]) -> bool:
    """Return whether a noun phrase is a name: two capitals or more, and no article."""
    capitals = len(part) > 1 and part[0].text[:1].isupper() and part[-1].text[:1].isupper()
    return capitals and part[0].lower not in DETERMINERS


def claim(read: Clause) -> str | None:
    """The council argued that the road was safe: What did the council argue?"""
    if read.verb.lemma in _SAID and read.rest[:1] and read.rest[0].lower == "that" and not read.is_negative:
        return inverted(read, "", opening="What")
    return None


def stranded(read: Clause) -> str | None:
    """The paste is made from olives: What is the paste made from?"""
    if not read.rest[1:] or read.is_negative:
        return None
    first, following = read.rest[0].lower, read.rest[1].lower
    if read.verb.lemma == "be" and not read.auxiliaries:
        known = STRANDED_ADJECTIVES.get(first) == following and len(read.rest) > 2 and not is_named(read.rest[2:4])
        return inverted(read, f"{first} {following}", opening="What") if known else None
    if read.verb.form == "participle" and not set(read.auxiliaries) & _BE:
        return None
    if first == "to" and following == "as" and read.verb.lemma == "refer":
        return inverted(read, "to as", opening="What")
    if first not in STRANDED.get(read.verb.lemma, ()) or following in PRONOUNS or following.endswith("ing"):
        return None
    somebody = is_named(read.rest[1:3]) or is_person(read.rest[1:4])
    return None if somebody or is_time(read.rest[:TIME_WORDS]) else inverted(read, first, opening="What")


def contents(read: Clause) -> str | None:
    """The kit contains a brush: What does the kit contain?"""
    listed = read.rest and not set(read.rest[0].lower.split()) & (PREPOSITIONS | PRONOUNS | {"that", "when", "how"})
    if read.verb.lemma in _CONTENTS and not read.auxiliaries and listed and not read.is_negative:
        return inverted(read, "", opening="What")
    return None


def maker(read: Clause) -> str | None:
    """The bridge was built by Ada Byrne: Who built the bridge?"""
    lower = [word.lower for word in read.rest]
    if (
        read.verb.form != "participle"
        or not set(read.auxiliaries) & _BE
        or read.is_negative
        or "by" not in lower[: FARTHEST_BY + 1]
    ):
        return None
    if read.auxiliaries[0] == "have":
        return None
    at = lower.index("by")
    if not _can_make(read.rest[at + 1 :]):
        return None
    agent, between = read.rest[at + 1 :], rest_of(read.rest[:at]) if at else ""
    if between is None or len(between.split()) != at:
        return None
    first, lemma = read.auxiliaries[0], read.verb.lemma
    verb = {"was": past(lemma), "were": past(lemma), "is": third(lemma), "are": third(lemma)}.get(first)
    verb = verb or (f"has {past(lemma, participle=True)}" if first == "has" else f"{first} {lemma}")
    human = read.verb.lemma in _HUMAN and any(word.text[:1].isupper() for word in agent[:LONGEST_AGENT])
    if len(agent) == 1 and agent[0].text[:1].isupper() and not human:
        return None  # "by Congress", "by Haiti", "by Ada": who or what
    who = human or is_named(agent[:2]) or is_person(agent[:4]) or agent[0].lower.endswith(_PLURAL_AGENTS)
    return f"{'Who' if who else 'What'} {verb} {joined(read.subject)} {between}".rstrip()


def _can_make(agent: Sequence[Word]) -> bool:
    """Return whether what "by" introduces may be somebody or something: no time, no means ("by bus"), no pronoun."""
    if not agent or agent[0].lower.endswith("ing") or agent[0].text[0].isdigit():
        return False
    first, end = agent[0].lower, agent[1].lower if len(agent) > 1 else ""
    said = (
        first in MONTHS.split() or first in PRONOUNS | {"her", "somebody", "someone"} or end in ("end", "time", "age")
    )
    return not said and not (first in _MEANS and end in PREPOSITIONS | {""})


def thing(read: Clause) -> str | None:
    """The guild founded a school in Bath: What did the guild found in Bath?"""
    if read.auxiliaries or read.verb.lemma in _LINKING or read.is_negative or read.subject[0].lower in ("you", "we"):
        return None
    end = object_end(read.rest)
    if end is None or not 1 <= end <= MOST_OBJECT:
        return None
    part, tail = read.rest[:end], read.rest[end:]
    certain = read.verb.lemma in _OF_THINGS
    if is_person(part) or (not certain and (part[0].lower not in ("a", "an", "its", "the") or _may_be_person(part))):
        return None
    rest = "" if part[-1].after or not tail else rest_of(tail)
    if rest and tail[0].lower not in ("in", "on", "at", "for", "from", "with", "into"):
        return None
    opening = f" {read.opening[0].lower} {joined(read.opening[1:])}" if not rest and is_time(read.opening) else ""
    asked = None if rest is None else inverted(read, rest, opening="What")
    return f"{asked}{opening}" if asked else None


def _may_be_person(part: Sequence[Word]) -> bool:
    return any(word.text[0].isupper() or word.lower.endswith(_AGENT_ENDINGS) for word in part)


def agent(read: Clause) -> str | None:
    """Ada Byrne designed the bridge: Who designed the bridge? The flood destroyed the mill: What destroyed the mill?"""
    if read.verb.form != "past" or read.auxiliaries or read.verb.lemma in ("be", "have", "become", "seem", "remain"):
        return None
    if len(read.subject) > LONGEST_AGENT or not object_end(read.rest) or read.subject[0].lower in PRONOUNS:
        return None
    who = is_person(read.subject) or (read.verb.lemma in _HUMAN and is_named(read.subject))
    if not who and (any(w.text[:1].isupper() for w in read.subject) or read.verb.lemma in _HUMAN | _OF_THINGS):
        return None
    if not who and _may_be_person(read.subject):
        return None
    rest = rest_of(read.rest)
    if rest is None or len(rest.split()) < 2:
        return None
    opening = joined(read.opening)
    short = len(read.opening) <= LONGEST_WHEN and len(rest.split()) <= LONGEST_BEFORE_WHEN
    when = f" {opening.lower()}" if short and is_time(read.opening) and not any(map(str.isupper, opening[1:])) else ""
    return f"{'Who' if who else 'What'} {read.main} {rest}{when}"
