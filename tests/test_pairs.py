"""Question-and-answer pairs in files of any form: what has to come out of each."""

import pytest

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
