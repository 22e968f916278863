"""Find the pairs in what particular services write: Rasa, ChatterBot, and the `.qna` of the Bot Framework."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from faqbot.documents.pairs import marks
from faqbot.documents.pairs.records import Records
from faqbot.documents.pairs.values import Pair

_ENTITY: Final = re.compile(r"\[([^\[\]]{1,300})\](?:\([^()]{0,300}\)|\{[^{}]{0,300}\})")
_QNA_QUESTION: Final = re.compile(r"#{1,6}\s?\?\s?(\S.*)")
_QNA_ID: Final = re.compile(r"<a\s{1,3}id\s?=\s?[\"']([^\"']{1,80})[\"']\s?>\s?</a>")
_QNA_SOURCE: Final = re.compile(r">\s?!#\s?@qna\.pair\.source\s?=\s?(.*)")
_QNA_LINK: Final = re.compile(r"\[[^\[\]]{1,200}\]\([^()]{1,500}\)")
_QNA_PROMPT: Final = re.compile(r"-\s?\[([^\[\]]{1,300})\]\(#\??([^()\s]{1,80})\).*")


def rasa(values: list[Any], reader: Records) -> bool:
    """Take the answered intents of Rasa's training data and responses, and return whether the values are those.

    Args:
        values: of `nlu.yml`, `responses.yml`, `domain.yml`: documents or files, joined.
        reader: takes the pairs.
    """
    mappings = [value for value in values if isinstance(value, Mapping)]
    examples = _intents(mappings)
    replies = _responses(mappings, reader)
    for name, asked in examples.items():
        said = next((replies[one] for one in _utterances(name) if replies.get(one)), [])
        if said and asked:
            reader.add(_intent(name, asked, said[0]))
        else:
            reader.tally.incomplete.append(f"intent {name}")
        if len(said) > 1 and asked:
            reader.tally.alternatives.append(f"{name} has {len(said)}")
    answered = {one for name in examples for one in _utterances(name)}
    left = sum(name not in answered for name in replies)
    if left:
        reader.tally.metadata["responses without an intent"] += left
    return bool(examples or replies)


def _utterances(intent: str) -> tuple[str, str]:
    """Return what the response to an intent may be called."""
    return f"utter_{intent}", f"utter_{intent.replace('/', '_')}"


def _intents(mappings: list[Mapping[Any, Any]]) -> dict[str, list[str]]:
    """Return the examples of each intent."""
    found: dict[str, list[str]] = {}
    for intent in (each for value in mappings for each in value.get("nlu") or []):
        if isinstance(intent, Mapping) and isinstance(intent.get("intent"), str):
            found.setdefault(str(intent["intent"]), []).extend(_examples(intent.get("examples")))
    return found


def _responses(mappings: list[Mapping[Any, Any]], reader: Records) -> dict[str, list[str]]:
    """Return the texts of each response."""
    found: dict[str, list[str]] = {}
    for responses in (value.get("responses") for value in mappings):
        for name, texts in responses.items() if isinstance(responses, Mapping) else ():
            found.setdefault(str(name), []).extend(_replies(texts, reader))
    return found


def _intent(name: str, asked: list[str], answer: str) -> Pair:
    first, *others = (marks.question(_ENTITY.sub(r"\1", text)) for text in asked)
    topic, _, rest = name.partition("/")
    return Pair(
        question=first,
        answer=answer,
        phrasings=tuple(others),
        id=rest or name,
        topic=topic if "/" in name else "",
        place=f"intent {name}",
    )


def _examples(value: object) -> list[str]:
    if isinstance(value, str):
        return [
            row.strip()[1:].strip() for row in value.split("\n") if row.strip().startswith("-") and row.strip("- \t")
        ]
    if isinstance(value, list):
        texts = (each.get("text", "") if isinstance(each, Mapping) else each for each in value)
        return [text.strip() for text in texts if isinstance(text, str) and text.strip()]
    return []


def _replies(value: object, reader: Records) -> list[str]:
    found = []
    for each in value if isinstance(value, list) else []:
        if isinstance(each, Mapping) and isinstance(each.get("text"), str) and each["text"].strip():
            found.append(str(each["text"]))
            reader.tally.metadata.update(name for name in each if name in ("buttons", "image", "custom", "attachment"))
        elif isinstance(each, str) and each.strip():
            found.append(each)
    return found


def chatterbot(values: list[Any], reader: Records) -> bool:
    """Take the conversations of a ChatterBot corpus, and return whether the values are one."""
    taken = False
    for value in values:
        if not isinstance(value, Mapping) or not isinstance(value.get("conversations"), list):
            continue
        taken = True
        categories = value.get("categories")
        topic = str(categories[0]) if isinstance(categories, list) and categories else ""
        for number, turns in enumerate(value["conversations"], 1):
            reader.turns(turns if isinstance(turns, list) else [], topic, number)
    return taken


def is_qna(text: str) -> bool:
    """Return whether a text is a `.qna` file of the Bot Framework."""
    return any(_QNA_QUESTION.fullmatch(row.strip()) for row in text.split("\n"))


def qna(text: str, reader: Records) -> None:  # noqa: C901, PLR0912 - a kind of line a branch
    """Take the pairs of a `.qna` file."""
    current = _Qna()
    source = ""
    for line, row in enumerate(text.split("\n"), 1):
        bare = row.strip()
        if current.fence:
            if bare == "```":
                current.fence, current.is_done = False, True
            else:
                current.answer.append(row.replace("\\#", "#"))
        elif match := _QNA_SOURCE.fullmatch(bare):
            source = match[1].strip()
        elif match := _QNA_ID.fullmatch(bare):
            current.put(reader, source)
            current = _Qna(id=match[1])
        elif match := _QNA_QUESTION.fullmatch(bare):
            if current.asked:
                current.put(reader, source)
                current = _Qna()
            current.asked, current.line = [match[1]], line
        elif bare.startswith("```"):
            current.fence = bool(current.asked)
        elif match := _QNA_PROMPT.fullmatch(bare):
            current.following.append(match[2])
        elif bare.startswith("**Filters"):
            current.filters = 0
        elif bare.startswith("-") and current.filters is not None and "=" in bare:
            current.filters += 1
            reader.tally.metadata["filters"] += 1
        elif bare.startswith("-") and not current.is_done and current.asked:
            current.asked.append(bare[1:].strip())
        elif _QNA_LINK.fullmatch(bare) and not current.fence:
            reader.tally.metadata["references to other files or pages"] += 1
    current.put(reader, source)


class _Qna:
    """One pair of a `.qna` file as it is read."""

    def __init__(self, id: str = "") -> None:  # noqa: A002 - as the format calls it
        self.id = id
        self.line = 0
        self.asked: list[str] = []
        self.answer: list[str] = []
        self.following: list[str] = []
        self.filters: int | None = None
        self.fence = False
        self.is_done = False

    def put(self, reader: Records, source: str) -> None:
        answer = "\n".join(self.answer).strip()
        words = [marks.question(text) for text in self.asked]
        if not self.asked:
            return
        if not answer or not words[0]:
            reader.tally.incomplete.append(f"line {self.line}, {self.asked[0][:60]!r}")
            return
        reader.add(
            Pair(question=words[0], answer=answer, phrasings=tuple(filter(None, words[1:])), id=self.id, source=source,
                 next=tuple(self.following), line=self.line, place=f"line {self.line}")
        )  # fmt: skip
