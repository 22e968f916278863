"""Questions about a procedure: the catalogue's, its effects one thing at a time, and an overview of its benefits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from faqbot.documents.article import Paragraph, Position
from faqbot.extraction import catalogue, cues
from faqbot.extraction.candidates import Candidate, Context
from faqbot.extraction.effects import effects
from faqbot.extraction.existing import markdown
from faqbot.extraction.passages import Group
from faqbot.knowledge.entries import Entry
from faqbot.text import stem, tokens

BENEFITS: Final = "What are the benefits of {procedure}?"
MOST_BENEFITS: Final = 4  # sentences in the overview
FEWEST_BENEFITS: Final = 1
LONGEST_SECTION: Final = 70  # words of a section that its heading asks for
TOPIC: Final = "benefits"
_BENEFIT: Final = re.compile(r"\b(?:benefits?|advantages?|pros)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """The catalogue's questions about one procedure, and how they are recognised.

    Attributes:
        entries: each by its question with the placeholder for the name.
        patterns: the cues of each.
        catalogue: the questions, ready to be asked for.
        forms: the ways to ask them, all together.
    """

    entries: dict[str, Entry]
    patterns: dict[str, re.Pattern[str]]
    catalogue: catalogue.Catalogue
    forms: frozenset[str]

    @classmethod
    def about(cls, context: Context) -> Asked:
        """Return the catalogue for the procedure of an article."""
        name = context.subject.phrase
        found = {entry.id: entry for entry in catalogue.about(name)}
        entries = {
            entry.question: found[key] for entry in catalogue.read().entries
            if (key := catalogue.key_of(entry, name)) in found
        }  # fmt: skip
        return cls(
            entries,
            {key: p for key, p in cues.patterns(context.subject.mentions.pattern).items() if key in entries},
            catalogue.Catalogue.about(name, context.subject.names),
            frozenset(form for entry in entries.values() for form in entry.phrasings),
        )


# What single phrasings of the catalogue ask for, beyond the question that they belong to.
_SPECIFIC_WORDS: Final = """
    exercise swimming gym wear sun sunscreen alcohol sauna shower wash face moisturiser cream lotion creams products
    shave eat drink diabetes thinners eczema psoriasis rosacea heart cancer chemotherapy retinol isotretinoin medication
    breastfeeding nursing pregnant pregnancy baby expecting hands legs back nurse dermatologist beautician black brown
    dark asian dry sensitive men children teenagers daughter kit rollers numb painkiller sedation awake swollen red
    bruise peel scab
"""
_SPECIFIC: Final = frozenset(map(stem, _SPECIFIC_WORDS.split()))


def fitting(asked: Asked, phrasings: Iterable[str], answer: str) -> list[str]:
    """Return phrasings without those of the catalogue that ask for something an answer does not speak of.

    "Can I go swimming?" is one way to ask what to avoid; an answer that forbids aspirin does not tell.
    """
    told = set(map(stem, tokens(answer)))
    specific = {form: _SPECIFIC.intersection(map(stem, tokens(form))) for form in phrasings}
    return [form for form, words in specific.items() if form not in asked.forms or not words or words & told]


def recognised(asked: Asked, found: Iterable[Candidate]) -> Iterator[tuple[Candidate, str]]:
    """Yield what the article asks itself and lists, and which question of the catalogue it is: its key, or "".

    The catalogue's questions come with the catalogue's phrasings.
    """
    keys = {entry.id: key for key, entry in asked.entries.items()}
    for candidate in found:
        heading = cues.by_heading(candidate.question) or (cues.by_heading(candidate.topic) if candidate.answer else "")
        key = keys.get(asked.catalogue.recognise(candidate.question), "") or heading
        entry = asked.entries.get(key)
        if entry is None:
            yield candidate, ""
        elif candidate.question.endswith("?"):
            yield replace(candidate, phrasings=(*entry.forms, *candidate.phrasings)), key
        else:
            yield replace(candidate, question=entry.question, phrasings=(*entry.phrasings, *candidate.phrasings)), key


def enriched(context: Context, asked: Asked, found: Iterable[Candidate], answered: set[str]) -> Iterator[Candidate]:
    """Yield candidates, those whose sentences answer a question of the catalogue with its phrasings."""
    for candidate in found:
        said = [context.article.sentences[position].lower() for position in candidate.positions]
        keys = [key for key, cue in asked.patterns.items() if key not in answered and any(map(cue.search, said))]
        answered.update(keys)
        forms = tuple(form for key in keys for form in asked.entries[key].forms)
        yield replace(candidate, phrasings=(*forms, *candidate.phrasings)) if forms else candidate


def known(asked: Asked, found: Iterable[Candidate], answered: set[str]) -> Iterator[Candidate]:
    """Yield candidates, those that ask a question of the catalogue in other words with its phrasings."""
    keys = {entry.id: key for key, entry in asked.entries.items()}
    for candidate in found:
        key = keys.get(asked.catalogue.recognise(candidate.question), "") if candidate.question.endswith("?") else ""
        if key and key not in answered:
            answered.add(key)
            yield replace(candidate, phrasings=(*asked.entries[key].forms, *candidate.phrasings))
        else:
            yield candidate


def told(context: Context, asked: Asked, groups: Sequence[Group], answered: set[str]) -> list[Candidate]:
    """Return the catalogue's questions that groups answer, an entry for each effect, and the overview of benefits.

    `answered` are the catalogue's questions that have an entry already; those found here are added.
    """
    found: list[Candidate] = []
    benefits: list[Position] = []
    headed: set[tuple[str, ...]] = set()
    for group in groups:
        headings = group.paragraph.headings
        for position, sentence in zip(group.positions, group.sentences, strict=True):
            if headings and headings not in headed:
                headed.add(headings)
                key = cues.by_heading(headings[-1])
                if key in asked.entries and key not in answered:
                    answered.add(key)
                    found.append(_section(context, asked.entries[key], headings, position))
            keys = _keys(asked, sentence, headings[-1] if headings else "")
            for key in (key for key in dict.fromkeys(keys) if key not in answered):
                answered.add(key)
                entry = asked.entries[key]
                phrasings = tuple(entry.phrasings)
                found.append(Candidate(entry.question, group.positions, phrasings, entry.topic, told=position))
            things = effects(sentence)
            for effect in things:
                question, *forms = effect.forms(context.subject.phrase)
                found.append(Candidate(question, group.positions, (*forms, effect.thing), TOPIC, told=position))
            if any(not effect.denied for effect in things) or _BENEFIT.search(sentence.lower()):
                benefits.append(position)
    if len(benefits) >= FEWEST_BENEFITS and BENEFITS not in answered:
        answered.add(BENEFITS)
        found.append(_overview(context, asked.entries[BENEFITS], benefits))
    return found


def _keys(asked: Asked, sentence: str, heading: str) -> list[str]:
    """Return the catalogue's questions that a sentence answers, by itself or under its heading."""
    said = sentence.lower()
    under = f"{heading.lower().rstrip(':?')}, {said}" if heading else said
    return [key for key, pattern in asked.patterns.items() if pattern.search(said) or pattern.search(under)]


def _section(context: Context, entry: Entry, headings: tuple[str, ...], told: Position) -> Candidate:
    """Return the entry that a section answers by its heading: its first sentences, as many as are read at once."""
    positions: list[Position] = []
    size = 0
    for paragraph in context.article.paragraphs:
        for position, sentence in zip(paragraph.positions, paragraph.sentences, strict=True):
            size += len(sentence.split()) if paragraph.headings == headings else 0
            if paragraph.headings == headings and (size <= LONGEST_SECTION or not positions):
                positions.append(position)
    answer = markdown([_part(context, number, positions) for number in dict.fromkeys(p.paragraph for p in positions)])
    return Candidate(entry.question, tuple(positions), tuple(entry.phrasings), entry.topic, answer, told)


def _part(context: Context, number: int, positions: Sequence[Position]) -> Paragraph:
    """Return a paragraph with only the sentences at these positions."""
    paragraph = context.article.paragraphs[number - 1]
    said = [context.article.sentences[position] for position in positions if position.paragraph == number]
    return replace(paragraph, sentences=tuple(said))


def _overview(context: Context, entry: Entry, benefits: Sequence[Position]) -> Candidate:
    """Return the entry that lists the benefits: the article's sentences, those first that speak of a benefit."""
    said = context.article.sentences
    named = [position for position in benefits if _BENEFIT.search(said[position].lower())]
    chosen = sorted([*named, *(position for position in benefits if position not in named)][:MOST_BENEFITS])
    answer = "\n".join(f"- {said[position]}" for position in chosen)
    return Candidate(entry.question, tuple(chosen), tuple(entry.phrasings), entry.topic, answer)
