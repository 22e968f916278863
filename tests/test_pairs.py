"""Question-and-answer pairs in files of any form: what has to come out of each."""

import pytest

from faqbot import KnowledgeError
from faqbot.documents.pairs import reader


def pairs(text, name):
    data = text if isinstance(text, bytes) else text.encode()
    return [(pair.topic, pair.question, pair.answer) for pair in reader.of_bytes(data, name).pairs]


def asked(text, name="faq.md"):
    return [(question, answer) for _, question, answer in pairs(text, name)]


MARKDOWN = {
    "headings": ("# FAQ\n\n## Are dogs allowed?\n\nOn a lead.\n\n## Where to sleep\n\nIn the barn.\n",
                 [("Are dogs allowed?", "On a lead."), ("Where to sleep", "In the barn.")]),
    "numbers, signs and anchors are no words of a question": (
        "### **3. Is it *deep*?** {#deep}\n\nTwo metres.\n\n### ❓ 4) [Is it cold?](#cold) <a name='cold'></a>\n\nNo.\n",
        [("Is it deep?", "Two metres."), ("Is it cold?", "No.")]),
    "HTML headings over several lines": ("<h3 name='a'>\nIs it open?\n</h3>\n\nYes.\n\n<h3>\nWho has the key?\n</h3>\n\nAnn.\n",
                                         [("Is it open?", "Yes."), ("Who has the key?", "Ann.")]),
    "marks in paragraphs": ("**Q:** Is it open?\n**A:** Yes.\n\n**Q:** Who has the key?\n**A:** Ann,\nor Ben.\n",
                            [("Is it open?", "Yes."), ("Who has the key?", "Ann,\nor Ben.")]),
    "marks in bold with a full stop": ("**Q.** Is it open on\nSundays?\n\n**A.** Yes.\n\n**Q.** And at night?\n\n**A.** No.\n",
                                       [("Is it open on Sundays?", "Yes."), ("And at night?", "No.")]),
    "marks in items": ("* **Q** Is it open?\n\n  **A** Yes, `all day`.\n\n* **Q** Who has the key?\n\n  **A** Ann.\n",
                       [("Is it open?", "Yes, `all day`."), ("Who has the key?", "Ann.")]),
    "marks within a line": ("Q: Is it open? A: Yes.\n\nQ: Who has the key? A: Ann.\n",
                            [("Is it open?", "Yes."), ("Who has the key?", "Ann.")]),
    "marks in headings, bold leads in answers": (
        "## Keys\n\n### Q: Who has the key?\n**A:** **One of:**\n- **Ann**: by day\n\n### Q: And at night?\n**A:** Ben.\n",
        [("Who has the key?", "**One of:**\n- **Ann**: by day"), ("And at night?", "Ben.")]),
    "lines in bold": ("# FAQ\n\n**Is it open?**\n\nYes.\n\n**I lost my key**\n\nAsk Ann.\n\n**Who is Ann?**\nThe warden.\n",
                      [("Is it open?", "Yes."), ("I lost my key", "Ask Ann."), ("Who is Ann?", "The warden.")]),
    "bold lines within an answer stay": ("## Is it open?\n\n**In summer**\n\nYes.\n\n**Why?**\n\nIt is warm.\n\n## Is it far?\n\nNo.\n",
                                         [("Is it open?", "**In summer**\n\nYes.\n\n**Why?**\n\nIt is warm."), ("Is it far?", "No.")]),
    "bold and italic": ("***Is it open?***\n\nYes.\n\n***Is it far?***\n\nNo.\n", [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "numbers of two levels": ("## 1.1 Is it open?\n\nYes.\n\n## 1.2 Is it far? :door:\n\nNo.\n", [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "bullets": ("- **Is it open?** Yes.\n- **Who has the key?** Ann.\n",
                [("Is it open?", "Yes."), ("Who has the key?", "Ann.")]),
    "numbered questions over paragraphs": ("1. Is it open?\n\nYes.\n\n2. Who has the key?\n\nAnn.\n",
                                           [("Is it open?", "Yes."), ("Who has the key?", "Ann.")]),
    "numbered questions with indented answers": ("1. Is it open?\n\n   Yes.\n\n2. Who has the key?\n\n   - Ann\n   - Ben\n",
                                                 [("Is it open?", "Yes."), ("Who has the key?", "- Ann\n- Ben")]),
    "details": ("<details>\n<summary><b>Is it open?</b></summary>\n\n1. Yes.\n2. All day.\n\n</details>\n\n"
                "<details><summary>Who has the key?</summary>Ann.</details>\n\nBye.\n",
                [("Is it open?", "1. Yes.\n2. All day."), ("Who has the key?", "Ann.")]),
    "definition lists": ("<dl>\n<dt>Is it open?</dt>\n<dd>Yes.</dd>\n<dt>Who has the key?</dt>\n<dd>Ann.</dd>\n</dl>\n",
                         [("Is it open?", "Yes."), ("Who has the key?", "Ann.")]),
    "definitions after a colon": ("# Hut\n\nIs it open?\n\n:   Yes.\n\n    - daily\n\n*Who* has the key?\n: Ann.\n\nBye.\n",
                                  [("Is it open?", "Yes.\n\n- daily"), ("Who has the key?", "Ann.")]),
    "front matter": ("---\ntitle: Hut\nlayout: x\n---\n\n## Is it open?\n\nYes.\n", [("Is it open?", "Yes.")]),
    "TOML front matter": ("+++\ntitle = 'Hut'\n+++\n\n## Is it open?\n\nYes.\n", [("Is it open?", "Yes.")]),
    "questions in front matter": ("---\ntitle: Hut\nfaqs:\n  - question: Is it open?\n    answer: no\n---\n", [("Is it open?", "no")]),
    "table of contents": ("# FAQ\n\n- [Is it open?](#a)\n- [Is it far?](#b)\n\n## Is it open?\n\nYes.\n\n## Is it far?\n\nNo.\n",
                          [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "sub-headings within an answer": (
        "## Stay\n\n### Is it open?\n\nYes.\n\n#### In winter\n\nNo.\n\n### Is it far?\n\n#### From town\n\nFive miles.\n",
        [("Is it open?", "Yes.\n\n**In winter**\n\nNo."), ("Is it far?", "**From town**\n\nFive miles.")]),
    "Liquid and kramdown": ("## Is it open?\n\n{% callout %}See [the page]({{ site.baseurl }}/open){:target=\"_blank\"}.{% endcallout %}\n",
                            [("Is it open?", "See [the page](/open).")]),
    "code keeps its braces": ("## What do I write?\n\nWrite `{{ name }}`:\n\n```\n{% raw %}\n# no heading\n```\n",
                              [("What do I write?", "Write `{{ name }}`:\n\n```\n{% raw %}\n# no heading\n```")]),
    "Hugo shortcodes": ('{{< faq "Is it open?" >}}\nYes.\n{{< /faq >}}\n\n{{% expand "Is it far?" %}}\nNo.\n{{% /expand %}}\n',
                        [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "Jekyll includes": ('{% include faq.html question="Is it open?" answer="Yes." %}\n{% include faq.html question="Is it far?" answer="No." %}\n',
                        [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "MkDocs": ('??? question "Is it open?"\n    Yes.\n\n    - all day\n\n??? question "Is it far?"\n    No.\n',
               [("Is it open?", "Yes.\n\n- all day"), ("Is it far?", "No.")]),
    "admonitions within an answer": ('## Is it open?\n\n!!! note "Winter"\n    Not in May.\n\n:::tip\nRing first.\n:::\n',
                                     [("Is it open?", "**Winter**\n\nNot in May.\n\nRing first.")]),
    "VitePress": ("::: details Is it open?\nYes.\n:::\n\n::: details Is it far?\nNo.\n:::\n",
                  [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "Obsidian": ("> [!faq]- Is it open?\n> Yes.\n\n> [!faq]- Is it far?\n> No.\n", [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "MDX": ("import { Accordion } from 'x'\n\n<Accordion title=\"Is it open?\">\n\nYes.\n\n</Accordion>\n<Accordion title=\"Is it far?\">\n  No.\n</Accordion>\n",
            [("Is it open?", "Yes."), ("Is it far?", "No.")]),
    "comments": ("## Is it open?\n\n<!-- ask Ann\n## Is it hidden?\n-->\nYes.\n", [("Is it open?", "Yes.")]),
    "links by reference": ("## Is it open?\n\nSee [the page][p] or [Ann].\n\n[p]: https://x.test/p\n[ann]: https://x.test/ann\n",
                           [("Is it open?", "See [the page](https://x.test/p) or [Ann](https://x.test/ann).")]),
    "pictures": ("## Is it open?\n\n<img src='a.png' alt='A door.'> Yes.\n", [("Is it open?", "A door. Yes.")]),
}  # fmt: skip


@pytest.mark.parametrize("form", MARKDOWN)
def test_markdown(form):
    text, wanted = MARKDOWN[form]
    assert asked(text) == wanted


def test_a_heading_without_text_is_a_topic():
    text = "# Hut\n\n## Nights\n\n### Is it cold?\n\nYes.\n\n### Food\n\n### Is there bread?\n\nOn Fridays.\n"
    assert pairs(text, "hut.md") == [("Nights", "Is it cold?", "Yes."), ("Food", "Is there bread?", "On Fridays.")]


def test_a_question_without_an_answer_is_reported():
    found = reader.of_bytes(b"## Is it open?\n\n## Is it far?\n\nNo.\n", "hut.md")
    assert [pair.question for pair in found.pairs] == ["Is it far?"]
    assert found.notes == ("1 question without an answer: line 1, 'Is it open?'.",)


PAGES = {
    "Bootstrap accordions": (
        '<html><head><title>Hut | Club</title></head><body><nav><a href="/">Is it home?</a></nav><h1>FAQ</h1><h4>NIGHTS</h4>'
        '<div class="accordion"><div class="card"><h5 class="card-header"><button data-toggle="collapse" data-target="#a">'
        '<b>Is it cold?</b></button></h5><div id="a" class="collapse"><p>Yes.</p><p>Bring wool.</p></div></div>'
        '<div class="card"><h5 class="card-header"><button data-toggle="collapse">Blankets</button></h5>'
        '<div class="collapse"><ul><li>two</li><li>grey</li></ul></div></div></div><footer>Mail us?</footer></body></html>',
        [("NIGHTS", "Is it cold?", "Yes.\n\nBring wool."), ("NIGHTS", "Blankets", "- two\n- grey")]),
    "buttons that control panels": (
        '<div class="faq"><button aria-controls="p1" aria-expanded="false">Is it open?</button><div id="p1" hidden>Yes, <em>daily</em>.</div>'
        '<button aria-controls="p2">Is it far?</button><div id="p2" style="display:none">No.</div></div>',
        [("", "Is it open?", "Yes, *daily*."), ("", "Is it far?", "No.")]),
    "check boxes and labels": (
        '<div class="tabs"><h3>Keys</h3><div class="tab"><input type="checkbox" id="q"><label class="tab-label" for="q">Who has the '
        'key?</label><div class="tab-content">Ann.</div></div></div><p>Bye.</p>',
        [("Keys", "Who has the key?", "Ann.")]),
    "microdata": (
        '<div itemscope itemtype="https://schema.org/FAQPage"><div itemscope itemprop="mainEntity" itemtype="https://schema.org/Question">'
        '<div itemprop="name">Is it open?</div><div itemscope itemprop="acceptedAnswer" itemtype="https://schema.org/Answer">'
        '<div itemprop="text">Yes.</div></div></div></div>',
        [("", "Is it open?", "Yes.")]),
    "FAQPage data alone": (
        '<html><head><script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Is it open?", '
        '"acceptedAnswer": {"@type": "Answer", "text": "<p>Yes &amp; no.</p>"}}]}</script></head><body><p>Hello.</p></body></html>',
        [("", "Is it open?", "Yes &amp; no.")]),
    "FAQPage data with an answer that is only markup": (
        '<html><head><script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Is it open?", '
        '"acceptedAnswer": {"@type": "Answer", "text": "Yes."}}, {"@type": "Question", "name": "Is it far?", '
        '"acceptedAnswer": {"@type": "Answer", "text": "<video src=x.mp4></video>"}}]}</script></head><body></body></html>',
        [("", "Is it open?", "Yes.")]),
    "definition lists after their contents": (
        '<ul><li><a href="#a">Is it open?</a></li><li><a href="#b">Is it far?</a></li></ul>'
        '<dl><dt id="a">Is it open?</dt><dd>Yes.</dd><dt id="b">Is it far?</dt><dd><p>No.</p></dd></dl>',
        [("", "Is it open?", "Yes."), ("", "Is it far?", "No.")]),
    "details": ('<details><summary>Is it open?</summary>Yes.<br>Daily.</details><details><summary>Is it far?</summary><p>No.</p></details>',
                [("", "Is it open?", "Yes.  \nDaily."), ("", "Is it far?", "No.")]),
    "headings of a template": (
        '{% extends "base.html" %}{% block content %}<h1>FAQ</h1><h2>Nights</h2><h3 id="cold">Is it cold?</h3><p>See '
        '<a href="{% url \'cold\' %}">why</a>.</p>{% endblock %}<h3>Is it far?</h3><p>{{ distance }} Five miles.</p>',
        [("Nights", "Is it cold?", "See why."), ("Nights", "Is it far?", "Five miles.")]),
    "classes": (
        '<section class="faq-list"><div class="faq-item"><div class="faq-question">Is it open?</div><div class="faq-answer"><p>Yes.</p></div></div>'
        '<div class="faq-item"><div class="faq-question">Lost key</div><div class="faq-answer">Ask Ann.</div></div></section>',
        [("", "Is it open?", "Yes."), ("", "Lost key", "Ask Ann.")]),
    "a table within a table": ("<h2>Is it open?</h2><table><tr><td>Yes<td><table><tr><td>daily<td>early</table></table>", [("", "Is it open?", "Yes\n\n| daily | early |\n| --- | --- |")]),
    "a table": ("<table><tr><th>Question</th><th>Answer</th></tr><tr><td>Is it open?</td><td>Yes.</td></tr>"
                "<tr><td>Is it far?</td><td>No.</td></tr></table>", [("", "Is it open?", "Yes."), ("", "Is it far?", "No.")]),
    "markup of a page that is text": ("<h2>Is it open?</h2><p>From 9 * 1 to 5 * 1, <code>snake_case</code> &lt;all&gt; days.</p><h2>Far?</h2><p># 5</p>",
                                      [("", "Is it open?", "From 9 \\* 1 to 5 \\* 1, `snake_case` \\<all> days."), ("", "Far?", "\\# 5")]),
}  # fmt: skip


@pytest.mark.parametrize("form", PAGES)
def test_pages(form):
    text, wanted = PAGES[form]
    assert pairs(text, "faq.html") == wanted


TEXTS = {
    "reStructuredText": ("faq.rst", """
.. _top:

===
FAQ
===

.. contents::
   :local:

Nights
------

Is it *cold*?
~~~~~~~~~~~~~

Yes, see `the page <https://x.test/>`_ and :ref:`more <top>`:

.. code-block:: sh

   wool --two

I lost my key
~~~~~~~~~~~~~

Ask ``Ann``::

   ring
""", [("Nights", "Is it cold?", "Yes, see [the page](https://x.test/) and more:\n\n```\nwool --two\n```"),
      ("Nights", "I lost my key", "Ask `Ann`:\n\n```\nring\n```")]),
    "definitions of reStructuredText": ("faq.rst", "FAQ\n===\n\nIs it open?\n   Yes.\n\n   - daily\n\nIs it far?\n   No.\n",
                                        [("", "Is it open?", "Yes.\n\n- daily"), ("", "Is it far?", "No.")]),
    "AsciiDoc": ("faq.adoc", "= FAQ\n:toc:\n\n== Nights\n\n=== Is it cold?\n\n*Yes*, see https://x.test/[the page].\n\n[source,sh]\n----\nwool\n----\n\n=== Is it far?\n\nNo.\n",
                 [("Nights", "Is it cold?", "**Yes**, see [the page](https://x.test/).\n\n```\nwool\n```"), ("Nights", "Is it far?", "No.")]),
    "a qanda list of AsciiDoc": ("faq.adoc", "= FAQ\n\n[qanda]\nIs it open?::\n  Yes.\nIs it far?::\n  No.\n",
                                 [("", "Is it open?", "Yes."), ("", "Is it far?", "No.")]),
    "marks with numbers": ("faq.txt", "FAQ\n\nQ4. Is it open?\nAns: Yes.\n\nQ5. Is it far?\nAns. No,\nfive miles.\n",
                           [("", "Is it open?", "Yes."), ("", "Is it far?", "No,\nfive miles.")]),
    "lines that ask": ("faq.txt", "Is it open?\nYes.\n\nIs it far?\nNo.\n", [("", "Is it open?", "Yes."), ("", "Is it far?", "No.")]),
    "question and answer in one paragraph": ("faq.txt", "Is it open? Yes, daily.\n\nIs it far? Five miles.\n",
                                             [("", "Is it open?", "Yes, daily."), ("", "Is it far?", "Five miles.")]),
    "Windows-1252": ("faq.txt", "Q: Is it caf\xe9?\nA: Oui, \x8010.\n".encode("latin-1"), [("", "Is it café?", "Oui, €10.")]),
    "UTF-16": ("faq.csv", "question,answer\nIs it open?,Yes.\n".encode("utf-16"), [("", "Is it open?", "Yes.")]),
}  # fmt: skip


@pytest.mark.parametrize("form", TEXTS)
def test_texts(form):
    name, text, wanted = TEXTS[form]
    assert pairs(text, name) == wanted


def test_an_article_holds_no_pairs():
    page = "<h1>Notes</h1><p>The club met in May.</p><ul><li>Who was there?</li><li>Ann came, and Ben.</li></ul>"
    with pytest.raises(KnowledgeError, match="no question with an answer"):
        reader.of_bytes(page.encode(), "notes.html")
