"""What a question names in the place of what the knowledge base is about.

"does a peel hurt" is as like "Does micro-needling hurt?" as can be, and about something else. Of 240 questions of six
forms about 40 other procedures, the knowledge base that ships answered 48 and had a gap for 65; since then 18 and 20.
None of 71 labelled questions about its own got another reply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from faqbot.english.wordlists import is_english
from faqbot.search.agreement import Conflict
from faqbot.search.facts import NOT_ABOUT, Facts, facts
from faqbot.search.kinds import things
from faqbot.text import stem, word_set

FOREIGN: Final = 2  # common words of another language: one alone may be a slip
# The commonest words of questions in German, French, Spanish, Portuguese, Italian, Dutch, Polish, Danish, Swedish,
# Norwegian, Turkish, Finnish, Czech and Hungarian that are no English. Most are short, and say what language it is.
_OTHER_LANGUAGES: Final = word_set("""
    wie lange viel kostet dauert ist sind der das ein eine einen und oder nicht kann ich wir sie es gibt wann wer warum
    welche habe haben mit fur bei nach vom zum zur muss darf soll wird werden auf tut weh
    combien quand comment pourquoi quel quelle quels est sont les des une je vous nous peut puis avec sans dans faut
    il elle que qui quoi fait mal cela ca avez avoir sur apres avant prix coute dure temps
    cuanto cuanta cuesta cuando donde como por porque que cual el los las una puedo puede hay con sin para es son duele
    tiene tengo dura cuantos despues antes tiempo
    quanto quanta custa quando onde como qual posso pode tem uma com sem doi demora depois tempo voces eu
    quanto costa dove perche quale posso puo che sono gli della delle con senza fa dopo prima
    hoe lang duurt het een wat waar wanneer waarom welke kan ik mag moet niet met zonder voor na doet pijn kost hebben
    ile kosztuje kiedy jak gdzie czy jest sa moge boli trwa dlugo po przed bez dla
    hvor lenge lang tid tager tar det gor ondt hvad hva hvordan hvornar kan jeg vi og ikke er har koster
    hur mycket kostar lange vad nar jag inte och gor
    ne kadar surer mi mu var nasil nerede neden ve icin fiyat kac
    kuinka paljon maksaa milloin missa mita onko voiko ja ei kauan kestaa
    kolik stoji kdy kde jak jsou neni muzu trva boli
    mennyibe kerul mikor hol hogyan van nem lehet meddig
    """)
_POINTING: Final = word_set("it its this that these those they them one")
_ANY_THING: Final = frozenset(  # what people call whatever it is
    map(stem, word_set("treatment procedure therapy session appointment operation service course thing stuff process"))
)


def named_instead(
    question: str,
    wording: str,
    called: frozenset[str],
    is_known: Callable[[str], bool],
    is_held: Callable[[str], bool],
) -> Conflict | None:
    """Return what a question names in the place of what the knowledge base is about, where no entry knows that.

    Args:
        question: as it was asked, spelt right.
        wording: of the entry.
        called: words of the names of what the knowledge base is about.
        is_known: tells whether any entry has a word with this stem.
        is_held: tells whether this entry has: another treatment may be named in an entry about what else there is.
    """
    asked, held = facts(question), facts(wording)
    if not (called | _POINTING).isdisjoint(asked.words):
        return None
    if sibling := _of_its_kind(asked, called, is_held):
        return sibling
    meant = frozenset(
        word
        for word, root in zip(held.words, held.stems, strict=True)
        if word in called or word in _POINTING or root in _ANY_THING
    )
    foreign = frozenset(
        word
        for word, root in zip(asked.words, asked.stems, strict=True)
        if word not in NOT_ABOUT and word not in held.words and root not in _ANY_THING and not is_known(root)
    )
    found = _in_one_place(asked, foreign, held, meant)
    return next((Conflict("name", name, other) for name, other in found), None)


def _of_its_kind(asked: Facts, called: frozenset[str], is_held: Callable[[str], bool]) -> Conflict | None:
    """Return what a question names that is of the kind that the knowledge base is about: another treatment."""
    ours = things(tuple(called))
    for kind in asked.things.keys() & ours.keys():
        for thing, name in asked.things[kind].items():
            if thing not in ours[kind] and not any(is_held(stem(word)) for word in name.split()):
                return Conflict("name", name, min(ours[kind].values()))
    return None


def in_another_language(question: str, wording: str, is_known: Callable[[str], bool]) -> Conflict | None:
    """Return what of a question is in another language, where half of its words are no English.

    Args:
        question: as it was typed.
        wording: of the entry.
        is_known: tells whether any entry has a word with this stem.
    """
    asked = facts(question)
    strange = [
        word
        for word, root in zip(asked.words, asked.stems, strict=True)
        if word.isalpha() and word not in NOT_ABOUT and not is_english(word) and not is_known(root)
    ]
    if 2 * len(strange) < len(asked.words) or len(_OTHER_LANGUAGES.intersection(strange)) < FOREIGN:
        return None
    return Conflict("language", " ".join(strange[:FOREIGN]), " ".join(facts(wording).words[:FOREIGN]))


def _in_one_place(asked: Facts, mine: frozenset[str], held: Facts, theirs: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield words of one text and of another that stand behind the same word, or before it."""
    others = _runs(held, theirs)
    for before, name, after in _runs(asked, mine):
        for others_before, other, others_after in others:
            if (before and before == others_before) or (after and after == others_after):
                yield name, other


def _runs(text: Facts, names: frozenset[str]) -> list[tuple[str, str, str]]:
    """Return the names of a text, each with the stem of the word before it and of the one behind it."""
    found, start = [], 0
    for is_name, run in groupby(text.words, names.__contains__):
        end = start + len(list(run))
        if is_name:
            before = text.stems[start - 1] if start else ""
            found.append((before, text.words[start], text.stems[end] if end < len(text.stems) else ""))
        start = end
    return found
