"""What a caller sends, checked: one sentence says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from faqbot.serving.service import MOST_NEAREST, Json


class ArgumentError(Exception):
    """What was sent cannot be used; the message is a sentence for whoever sent it."""


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise ArgumentError(f"{name!r} has to be a string.")
    return value


def _required_text(sent: Mapping[str, Any], name: str) -> str:
    if name not in sent:
        raise ArgumentError(f"{name!r} is missing: it has to be a string.")
    return _text(sent, name)


def _number(sent: Mapping[str, Any], name: str, default: int, lowest: int, highest: int) -> int:
    value = sent.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise ArgumentError(f"{name!r} has to be a whole number from {lowest} to {highest}.")
    return value


def mapping(sent: object) -> Mapping[str, Any]:
    """Return what was sent, if it is an object."""
    if not isinstance(sent, dict):
        raise ArgumentError('This has to be a JSON object, such as {"question": "How long does it take?"}.')
    return sent


def of_ask(sent: Mapping[str, Any]) -> Json:
    """Return the arguments of `Service.ask` and `Service.chat`."""
    return {"question": _required_text(sent, "question"), "conversation": _text(sent, "conversation")}


def of_feedback(sent: Mapping[str, Any]) -> Json:
    """Return the arguments of `Service.feedback`."""
    good = sent.get("good")
    if not isinstance(good, bool):
        raise ArgumentError("'good' has to be true or false.")
    arguments = {"good": good, "conversation": _text(sent, "conversation"), "question": _text(sent, "question")}
    if not (arguments["conversation"] or arguments["question"]):
        raise ArgumentError("Name what this is about: the 'conversation', or the 'question' that was asked.")
    return arguments


def of_nearest(sent: Mapping[str, Any]) -> Json:
    """Return the arguments of `Service.nearest`."""
    return {"question": _required_text(sent, "question"), "limit": _number(sent, "limit", 5, 1, MOST_NEAREST)}


def of_questions(sent: Mapping[str, Any]) -> Json:
    """Return the arguments of `Service.questions`."""
    return {"offset": _number(sent, "offset", 0, 0, 10**9)}
