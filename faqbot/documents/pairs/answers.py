"""Turn the text of one answer, HTML or Markdown or both, into Markdown without headings."""

from __future__ import annotations

from faqbot.documents.pairs import markdown as source
from faqbot.documents.pairs import marks
from faqbot.documents.pairs.nodes import Kind, Node, nodes
from faqbot.documents.pairs.outline import joined


def markdown(text: str) -> str:
    """Return an answer as Markdown: HTML read, template marks and comments gone, headings in bold."""
    found = []
    for node in nodes(source.lines(text)):
        if node.kind in (Kind.HEADING, Kind.ASKED):
            words = marks.question(node.text)
            found.append(Node(Kind.TEXT, f"**{words}**", node.line))
        elif node.kind is not Kind.ENDED:
            found.append(node)
    return joined(found)
