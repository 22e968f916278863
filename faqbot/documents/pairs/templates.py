"""Take the marks of template languages and site generators out of Markdown: Liquid, Hugo, Jinja, MDX, MkDocs.

What they say for readers stays; what marks a question with its answer becomes `<details>` or `<dt>`, as `html` has it.
"""

from __future__ import annotations

import re
from typing import Final

from faqbot.documents.encoding import untabbed

SOFT: Final = "\x1e"  # a line break that is none of the file's: the numbers of lines stay
OPENING: Final = SOFT * 2  # an empty line after a tag: what follows is Markdown
END: Final = f"{SOFT}</details>{OPENING}"
_COMMENTS: Final = (
    ("{{/*", "*/}}"), ("{{</*", "*/>}}"), ("{/*", "*/}"), ("{% comment %}", "{% endcomment %}"),
    ("{%- comment -%}", "{%- endcomment -%}"), ("{# ", "#}"), ("{##", "##}"),
)  # fmt: skip
_TAG: Final = re.compile(
    r"\{(?:\{\s?[<%]|%-?)\s{0,9}(/?)\s{0,9}([\w.-]{1,60})([^{}]{0,8000}?)\s{0,9}(/?)(?:[>%]\}\}|-?%\})"
)
_QUESTION_NAMES: Final = re.compile(
    r"faq|question|^qa$|detail|expand|accordion|collaps|spoiler|toggle|panel|card|include", re.I
)
_ARGUMENT: Final = re.compile(r"([\w-]{1,60})\s{0,3}[=:]\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)")
_TEXT: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`")
_ASKED_NAMES: Final = ("question", "q", "title", "summary", "header", "heading", "name", "label")
_ANSWER_NAMES: Final = ("answer", "a", "content", "body", "text", "description")
_TRANSLATED: Final = re.compile(
    r"\{\{-?\s{0,9}(?:\$?t|_|gettext|i18n)\s{0,3}\(?\s{0,3}(?:\"([^\"]*)\"|'([^']*)')[^{}]{0,200}\}\}"
)
_EXPRESSION: Final = re.compile(r"\{\{[^{}\n]{0,500}\}\}")
_ATTRIBUTES: Final = re.compile(r"\{:[^{}\n]{0,300}\}|[ \t]{0,9}\{[#.][A-Za-z][^{}\n]{0,300}\}")
_REFERENCE_NAMES: Final = frozenset(["ref", "relref", "link", "post_url", "absurl", "relurl"])
_TRANSLATION_NAMES: Final = frozenset(["trans", "translate"])
_WIKI: Final = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_MODULE: Final = re.compile(
    r"(?:import\s[^;\n]{1,300}\sfrom\s{1,3}[\"']|import\s[\"']|export\s(?:const|default|let|function)\s)"
)
_DIRECTIVE: Final = re.compile(
    r"([ \t]{0,20})(!!!|\?\?\?\+?|===[+!]?)[ \t]{1,4}([\w -]{0,60}?)[ \t]{0,4}(?:\"([^\"]*)\")?[ \t]*"
)
_COLONS: Final = re.compile(r"[ \t]{0,9}(:{3,})[ \t]{0,4}([\w-]{0,40})[ \t]{0,4}(.*)")
_CALLOUT: Final = re.compile(r"[ \t]{0,3}>[ \t]?\[!(\w{1,30})\]([-+]?)[ \t]{0,4}(.*)")
_ASKING: Final = frozenset(["question", "faq", "help", "details", "spoiler"])


def plain(text: str) -> str:
    """Return a Markdown text without marks of templates, line for line; its code has been put aside."""
    text = rendered(text)
    if "{" in text:
        text = _ATTRIBUTES.sub("", text)
    if "[[" in text:
        text = _WIKI.sub(r"\1", text)
    return "\n".join(_directives(text.split("\n")))


def rendered(text: str) -> str:
    """Return a text without the tags and expressions of its template, as nearly as can be told without data."""
    for opening, closing in (("<%", "%>"), ("<?php", "?>"), ("<?=", "?>")):
        text = _without(text, opening, closing)
    if "{" not in text:
        return text
    for opening, closing in _COMMENTS:
        text = _without(text, opening, closing)
    text = _TRANSLATED.sub(lambda match: match[1] or match[2] or "", text)
    return _EXPRESSION.sub("", _tags(text))


def _without(text: str, opening: str, closing: str) -> str:
    """Return the text without what stands between two marks, its line ends kept."""
    if opening not in text:
        return text
    parts, place = [], 0
    while (start := text.find(opening, place)) >= 0 and (end := text.find(closing, start)) >= 0:
        parts.append(text[place:start] + "\n" * text.count("\n", start, end))
        place = end + len(closing)
    return "".join([*parts, text[place:]])


def _tags(text: str) -> str:
    """Return the text with shortcodes and tags that hold a question as elements, and without the others."""
    found = list(_TAG.finditer(text))
    closed = {name.removeprefix("end") for match in found for name in [match[2]] if match[1] or name.startswith("end")}
    opened: set[str] = set()
    parts, place = [], 0
    for match in found:
        parts.append(text[place : match.start()])
        parts.append(_replaced(match, closed, opened) + "\n" * match[0].count("\n"))
        place = match.end()
    return "".join([*parts, text[place:]])


def _replaced(match: re.Match[str], closed: set[str], opened: set[str]) -> str:  # noqa: PLR0911 - a kind of tag each
    slash, name, rest, ends = match.groups()
    if slash or name.startswith("end"):
        return f"{SOFT}</details>" if name.removeprefix("end") in opened else ""
    given = {key.lower(): one or two or three for key, one, two, three in _ARGUMENT.findall(rest)}
    texts = [one or two or three for one, two, three in _TEXT.findall(rest)]
    first = texts[0] if texts else rest.strip(" -\"'")
    if name.lower() in _REFERENCE_NAMES:
        return first
    if name in _TRANSLATION_NAMES:
        return first
    asked = next((given[key] for key in _ASKED_NAMES if given.get(key)), "")
    answer = next((given[key] for key in _ANSWER_NAMES if given.get(key)), "")
    if not _QUESTION_NAMES.search(name) or (name == "include" and not (asked and answer)):
        return ""
    asked = " ".join((asked or (first if not given else "")).split())
    if not asked:
        return ""
    if answer:
        answer = answer.replace("\n", SOFT)
        return f"<details><summary>{asked}</summary>{OPENING}{answer}{OPENING}</details>"
    if name in closed and not ends:
        opened.add(name)
        return f"<details><summary>{asked}</summary>{OPENING}"
    return f"<dt>{asked}</dt>"


def _directives(lines: list[str]) -> list[str]:
    """Return the lines with admonitions and what opens on a click as elements or plain text."""
    found: list[str] = []
    colons: list[str] = []  # what closes the open `:::`
    body: list[tuple[int, str]] = []  # indentation of the open `???` and what closes it
    quoted: str | None = None  # what closes the open callout
    for line in lines:
        closing = ""
        while body and line.strip() and _indentation(line) <= body[-1][0]:
            closing += body.pop()[1]
        is_quote = line.lstrip().startswith(">")
        if quoted is not None and not is_quote:
            closing, quoted = closing + quoted, None
        if callout := _CALLOUT.fullmatch(line):
            name, folds, title = callout.groups()
            asks = title.strip() and (name.lower() in _ASKING or folds)
            quoted = END if asks else ""
            shown = _opened(title.strip()) if asks else f"> **{title.strip() or name.capitalize()}**  "
        elif quoted:
            shown = line.lstrip()[1:].removeprefix(" ")
        else:
            shown = _line(line, colons, body)
        found.append(closing + shown)
    return [*found[:-1], "".join([found[-1], *(closing for _, closing in reversed(body)), *colons, quoted or ""])]


def _line(line: str, colons: list[str], body: list[tuple[int, str]]) -> str:
    bare = untabbed(line)[min(4 * len(body), _indentation(line)) :] if body else line
    if match := _DIRECTIVE.fullmatch(line):
        indent, mark, _, title = match.groups()
        asks = mark.startswith("???") and title
        body.append((len(indent.expandtabs(4)), END if asks else ""))
        return _opened(title) if asks else f"**{title}**{OPENING}" if title else ""
    if match := _COLONS.fullmatch(line):
        name, title = match[2].lower(), match[3].strip().strip('[]"')
        if not name and not title:
            return colons.pop() if colons else ""
        asks = name in _ASKING and title
        colons.append(END if asks else "")
        return _opened(title) if asks else f"**{title}**{OPENING}" if title and name else ""
    return "" if _MODULE.match(bare) else bare


def _opened(title: str) -> str:
    return f"<details><summary>{title}</summary>{OPENING}"


def _indentation(line: str) -> int:
    rest = line.lstrip(" \t")
    return len(line[: len(line) - len(rest)].expandtabs(4))
