"""Recognise how questions and answers are marked: "Q:", "**A.**", numbers, signs; and what is a question."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from faqbot.documents.encoding import one_line
from faqbot.knowledge.markdown import LONGEST_INLINE, plain

FIRST_WORDS: Final = frozenset(
    [
        "am",
        "are",
        "can",
        "could",
        "did",
        "do",
        "does",
        "has",
        "have",
        "how",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "if",
        "is",
        "may",
        "must",
        "my",
        "shall",
        "should",
        "was",
        "were",
        "what",
        "what's",
        "when",
        "when's",
        "where",
        "where's",
        "which",
        "who",
        "who's",
        "whom",
        "whose",
        "why",
        "will",
        "would",
    ]
)
LONGEST: Final = 400  # characters of a question; what is longer is text

_WRAP: Final = r"(?P<open>\*\*\*|\*\*|\*|___|__|_)?\s?"
_AFTER: Final = (
    r"\s?(?P<end>[.:)\uff1a]|[-\u2013\u2014](?=\s))?(?P<close>\*\*\*|\*\*|\*|___|__|_)?\s?(?P<late>[:.)\uff1a])?\s{0,9}"
)
_NUMBER: Final = r"(?:\s?[#(]?\d{1,3}(?:\.\d{1,2})?\)?)?"
_ASKED: Final = re.compile(rf"{_WRAP}(?:Q(?:uestion|UESTION|uery|ues|n)?|question|q){_NUMBER}{_AFTER}(?=\S|$)")
_ANSWERED: Final = re.compile(rf"{_WRAP}(?:A(?:nswer|NSWER|ns|NS)?|answer|ans|a){_NUMBER}{_AFTER}")
# What stands before a question and is none of it: a number, a bullet.
_NUMBERING: Final = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){1,3}\s{1,9}|[#(\[]?\d{1,3}(?:\.\d{1,3}){0,3}[.):\]]{1,2}\s{0,9}|#\d{1,3}\s{1,9}"
    r"|\d{1,3}\s[-\u2013\u2014]\s|[ivxIVX]{1,5}[.)]\s{1,9}|[A-Za-z][.)]\s{1,9}|[-\u2022\u25b6\u25ba\u27a4\u2192\u00bb>]\s{1,9})"
)
_EMOJI_NAME: Final = re.compile(r":[a-z0-9_+-]{2,40}:\s{0,9}")
_EMOJI_AFTER: Final = re.compile(r"(?:(?<=\S) :[a-z][a-z0-9_+-]{1,40}:)$")
_ATTRIBUTES: Final = re.compile(r"\s{0,9}\{:?\s?[#.][^{}]{0,200}\}\s{0,9}$")
_PERMALINK: Final = re.compile(r"\s{0,9}\[(?:\u00b6|#|\u00a7|\U0001f517|\u2693)\]\([^()]{0,300}\)")
_SIGN_AFTER: Final = "\u00b6\u00a7\U0001f517\u2693# "
_CLOSING: Final = "\"')]}\u201d\u2019\u00bb*_`.! "
_BARE_ASKED: Final = re.compile(r"Q(?:uestion)?[ .]?\d{0,3}")


def asked(text: str) -> str | None:
    """Return the Markdown after a mark of a question ("Q:", "**Q4.**", "Question 2 -"), or None without one."""
    return _unmarked(text, _ASKED.match(text)) if text[:1] in "*_Qq" else None


def answered(text: str) -> str | None:
    """Return the Markdown after a mark of an answer ("A:", "**Ans.**", "Answer -"), or None without one."""
    return _unmarked(text, _ANSWERED.match(text)) if text[:1] in "*_Aa" else None


def _unmarked(text: str, match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    opened, closed = match["open"], match["close"]
    if not (match["end"] or match["late"] or (opened and opened == closed)) or (closed and closed != opened):
        return None
    if match["end"] == ")" and not match["late"] and text[match.end() - 1 : match.end()] == ")":
        pass  # "Q)" is a mark as well
    rest = text[match.end() :]
    if opened and not closed:  # "**Q: How?** …": what is bold goes on
        before, found, after = rest.partition(opened)
        return f"{before}{after}" if found and not after.strip() else f"{opened}{rest}"
    return rest


def question(markdown: str) -> str:
    """Return the words of a question: without markup, mark, number, sign, anchor and link to itself."""
    if len(markdown) > LONGEST_INLINE:  # which no question has, and each number before one would be cut off by itself
        return one_line(markdown)
    text = _ATTRIBUTES.sub("", _PERMALINK.sub("", markdown.strip()))
    text = _EMOJI_AFTER.sub("", _bare(one_line(plain(text))))
    marked = asked(text)
    if marked is not None and marked.strip() and not marked.strip().isdigit():
        text = _bare(marked)
    return text.rstrip(_SIGN_AFTER) or ("" if _BARE_ASKED.fullmatch(text) else text.strip())


def _bare(text: str) -> str:
    """Return `text` without numbers, bullets and signs at its beginning."""
    while text:
        start = 0
        while start < len(text) and (text[start] in " \ufe0f\u200d\u20e3" or _is_sign(text[start])):
            start += 1
        rest = text[start:]
        if match := _EMOJI_NAME.match(rest) or _NUMBERING.match(rest):
            rest = rest[match.end() :]
        if not rest or rest == text:
            return rest if rest else text
        text = rest
    return text


def _is_sign(letter: str) -> bool:
    return letter > "~" and unicodedata.category(letter) in ("So", "Sk")


def asks(text: str) -> bool:
    """Return whether a text on one line is a question by its mark: it ends in one, or in one and a remark."""
    bare = text.rstrip(_CLOSING)
    if bare.endswith(("?", "\uff1f", "\u061f", "\u037e")) and len(text) <= LONGEST:
        return True
    remark = text.rpartition("?")[2].strip() if "?" in text else text
    return 2 < len(remark) <= 60 and remark[0] == "(" and remark[-1] == ")"


def seems_asked(text: str) -> bool:
    """Return whether a heading is one that people write over an answer: it asks, or tells a problem of theirs."""
    words = text.split(maxsplit=3)
    return asks(text) or (len(words) > 2 and words[0].casefold().replace("\u2019", "'") in FIRST_WORDS)


def divided(text: str) -> tuple[str, str] | None:
    """Return the question that a text on one line begins with, and the rest; None where it begins with none."""
    end = text.find("? ")
    if not 3 <= end <= LONGEST or any(mark in text[:end] for mark in (". ", "! ", "\n")):
        return None
    return text[: end + 1], text[end + 2 :].strip()
