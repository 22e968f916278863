import io

import pytest

from faqbot import FaqBot, Thresholds
from faqbot.answering.answerer import Answerer
from faqbot.cli.chat import bots
from faqbot.cli.chat.bots import Shelf
from faqbot.cli.chat.commands import Chat
from faqbot.cli.chat.lines import by_lines
from faqbot.errors import FaqbotError


def session(bot, lines, width=60):
    talk = Chat(Shelf.of(bot))
    return ["".join(text for _, text in talk.respond(line, width=width)) for line in lines]


def test_a_short_session(bot):
    assert session(bot, ["when are you open", "", "how much is a chain", "/source", "/nonsense\x1b[2J"]) == [
        "From nine to five, Monday to Friday.",
        "",
        "Prices are not in this list. Ask at the desk.",
        "There was no answer, so there is no source.",
        "There is no command /nonsense. Type /help to see them all.",
    ]


def test_suggestions_are_numbered_and_picked(garage):
    careful = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0))
    first, second = session(careful, ["repair", "1"])
    assert first.startswith("I am not sure which of these you mean:\n1. ")
    assert first.endswith("Type its number, or ask in other words.")
    assert second in [f"{entry.question}\n{entry.answer}" for entry in garage.entries]


def test_topics_lists_what_can_be_asked(bot):
    everything, repairs, none = session(bot, ["/topics", "/topics REP", "/topics cake"])
    assert everything == ("/topics WORD lists the questions of one:\n- visit (2)\n- repairs (2)\n- other questions (1)")
    assert repairs == "repairs\n- How long does a repair take?\n- Do you repair electric bikes?"
    assert none.startswith("There is no topic like that. There are:\n- visit (2)")
    assert session(bot, ["/topics other"]) == ["other questions\n- How much is a new chain? (no answer known)"]


def test_source_tells_where_the_last_answer_is_from(bundled, bot):
    before, answer, source = session(bundled, ["/source", "how long does it take", "/source"], width=200)
    assert before == "Ask something first: /source tells where the last answer comes from."
    assert answer == (
        "A session normally takes about an hour.\n"
        "Source: What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6"
    )
    assert source.startswith("What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6: How long")
    assert session(bot, ["park", "/source"])[1].startswith(
        "The knowledge file, which names no source: Where do I park?"
    )


def test_why_tells_how_the_last_reply_came_about(bot, garage):
    before, _, why = session(bot, ["/why", "were do i prak", "/why"], width=40)
    assert before == "Ask something first: /why tells how the\nlast reply came about."
    assert why.startswith('Answered with "Where do I park?"')
    assert "prak -> park" in why
    assert max(map(len, why.split("\n"))) <= 40
    careful = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0))
    assert session(careful, ["repair", "1", "/why"])[2].startswith("Picked by a person: ")


def test_why_knows_only_its_own_conversation(bot):
    session(bot, ["where do i park"])
    assert session(bot, ["/why"])[0].startswith("Ask something first")


def test_help_is_a_line_a_command(bot):
    assert session(bot, ["/help"], width=60) == session(bot, ["help"]) == [
        "Ask in your own words, or:\n"
        "/topics  what you can ask; /topics WORD for one topic\n"
        "/source  where the last answer comes from\n"
        "/why  how the last reply came about\n"
        "/good  the last reply helped\n"
        "/bad  it did not\n"
        "/kb  which knowledge answers; /kb NAME for one, /kb all\n"
        "/save  what was said, to a file: /save chat.md\n"
        "/record  keep unanswered questions: /record on, /record off\n"
        "/clear  empty the screen, and start afresh\n"
        "/help  this list\n"
        "/quit  leave; so does Ctrl-D"
    ]  # fmt: skip


def test_a_bug_in_an_answer_is_told_and_survived(bot, monkeypatch):
    ask = Answerer.decided
    monkeypatch.setattr(Answerer, "decided", lambda self, text: 1 / 0 if "boom" in text else ask(self, text))
    assert session(bot, ["boom", "where do i park"]) == [
        "That went wrong inside faqbot (ZeroDivisionError); please\nreport it.",
        "Behind the house.",
    ]


def test_what_a_person_can_mend_is_told_in_its_own_sentence(garage):
    class Tampered:
        def encode(self, texts):
            raise FaqbotError("model.onnx: not the model\x1b[2J that faqbot knows")

    talk = session(FaqBot(garage, encoder=Tampered()), ["somewhere to leave a vehicle", "/help"])
    assert talk[0] == "model.onnx: not the model that faqbot knows"
    assert talk[1].startswith("Ask in your own words")


def test_lines_in_answers_out(bot):
    def lines():
        yield from ["where do i park", "", "/quit"]
        pytest.fail("it reads on after /quit")

    out = io.StringIO()
    by_lines(Chat(Shelf.of(bot)), lines(), out)
    assert out.getvalue() == "Behind the house.\n\n"


@pytest.mark.parametrize("line", ["/quit", "/QUIT", "  /quit now", "exit", "Bye!"])
def test_quit_ends_the_chat(bot, line):
    talk = Chat(Shelf.of(bot))
    assert talk.respond(line, width=60) == []
    assert talk.ended


def test_a_narrow_terminal(bundled):
    shown = session(bundled, ["how long does it take"], width=30)[0]
    assert max(map(len, shown.split("\n"))) <= 30


class TestJudging:
    @pytest.mark.parametrize(("command", "said"), [("/good", "Thank you."), ("/bad", "Thank you. Try other words, or")])
    def test_a_reply_may_be_judged(self, bot, command, said):
        before, _, after = session(bot, [command, "where do i park", command])
        assert before.startswith(f"Ask something first: {command} says")
        assert after.startswith(said)


class TestSaving:
    TALK = ("were do i prak", "do you repair bikes")

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_plain_text(self, bundled, folder):
        assert session(bundled, ["how long does it take", "/why", "what will i pay", "/save chat.txt"])[-1] == (
            "Saved in chat.txt."
        )
        assert (folder / "chat.txt").read_text() == (
            "> how long does it take\n"
            "A session normally takes about an hour.\n"
            "Source: What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6\n"
            "\n"
            "> what will i pay\n"
            "How much does micro-needling cost?\n"
            "The article gives no price. Ask the clinic that would treat you.\n"
        )

    def test_markdown(self, bot, folder, own_home):
        assert session(bot, ["were *do* i prak", "/save '~/chat.md'"])[-1].startswith("Saved in")
        saved = (own_home / "chat.md").read_text()
        assert saved == "## were \\*do\\* i prak\n\nWhere do I park?\n\nBehind the house.\n"

    def test_a_file_that_is_there_is_left_alone_unless_told(self, bot, folder):
        (folder / "notes.txt").write_text("mine")
        refused, replaced = session(bot, ["park", "/save notes.txt", "/save! notes.txt"], width=None)[1:]
        assert refused == "There is notes.txt already, and it was left as it is. /save! notes.txt replaces it."
        assert replaced == "Saved in notes.txt."
        assert (folder / "notes.txt").read_text() == "> park\nWhere do I park?\nBehind the house.\n"
        assert [path.name for path in folder.iterdir()] == ["notes.txt"]

    def test_the_file_that_answers_is_never_replaced(self, folder):
        (folder / "desk.md").write_text("# Desk\n\n## Where?\n\nHere.\n")
        before = (folder / "desk.md").read_bytes()
        (folder / "link.md").symlink_to("desk.md")
        bot = FaqBot.from_file("desk.md", encoder=None)
        chat = Chat(Shelf([bots.Book(folder / "desk.md", bot.knowledge)], bot))
        chat.respond("where", width=60)
        for name in ("desk.md", "./desk.md", "link.md"):
            assert "is what answers here" in chat.respond(f"/save! {name}", width=60)[0][1]
        assert (folder / "desk.md").read_bytes() == before

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("", "Name the file: /save chat.md, or chat.txt for plain text."),
            ('""', "Name the file: /save chat.md, or chat.txt for plain text."),
            ("no/such/folder.md", "It was not saved: no/such/folder.md: there is no such folder."),
            (".", "There is . already, and it was left as it is. /save! . replaces it."),
            ("x" * 300, f"It was not saved: {'x' * 300}: the name is too long."),
            ("~nobody-here/x", "It was not saved: ~nobody-here/x: Could not determine home directory."),
            ("a\0b", "It was not saved: ab: embedded null byte."),
        ],
    )
    def test_what_cannot_be_saved_is_one_sentence(self, bot, name, said):
        assert session(bot, ["park", f"/save {name}"], width=None)[-1] == said

    def test_nothing_to_save(self, bot, folder):
        assert (
            session(bot, ["/save chat.md", "park", "/clear", "/save chat.md"])[::3]
            == ["There is nothing to save: ask something first."] * 2
        )
        assert list(folder.iterdir()) == []


def test_clear_starts_afresh(bot):
    talk = Chat(Shelf.of(bot))
    talk.respond("where do i park", width=60)
    assert talk.respond("/clear", width=60) == []
    assert talk.cleared
    assert talk.last is None


class TestWhatIsKept:
    @pytest.fixture
    def large(self, tmp_path):
        path = tmp_path / "leaflets.md"
        rows = (f"## Where is leaflet {n}?\n\nIn folder {n}, under {'x' * 200}.\n" for n in range(bots.LARGE // 200))
        path.write_text("# Leaflets\n\n" + "\n".join(rows))
        return path

    def test_a_large_file_that_was_asked_before_is_open_before_the_prompt(self, large, tmp_path):
        first = Shelf.read([large], cache=tmp_path / "cache")
        assert not first.is_ready()
        first.bot()
        again = Shelf.read([large], cache=tmp_path / "cache")
        assert again.is_ready()
        assert Chat(again).knowledge == Chat(first).knowledge
        assert "In folder 77," in "".join(text for _, text in Chat(again).respond("where is leaflet 77", width=None))

    def test_a_file_that_somebody_breaks_after_the_prompt_is_asked_as_it_was(self, large, tmp_path):
        opened = Shelf.read([large], cache=tmp_path / "cache")
        large.write_text("## No answer?\n")
        assert opened.bot().knowledge is opened.knowledge()

    def test_nor_does_an_edit_make_the_answers_differ_from_the_topics(self, large, tmp_path):
        opened = Shelf.read([large], cache=tmp_path / "cache")
        large.write_text("## Which leaflet?\n\nNone.\n")
        assert opened.bot().knowledge is opened.knowledge()


class TestSeveralFiles:
    @pytest.fixture
    def ask(self, tmp_path):
        (tmp_path / "whitening.md").write_text(
            "# Tooth whitening\n\n- procedure: tooth whitening\n- also called: bleaching\n- source: Our leaflet\n\n"
            "## How long does it last?\n\n- from: page 2\n\nAbout a year.\n\n## What does it cost?\n\n- gap: Ask us.\n"
        )
        (tmp_path / "crowns.md").write_text(
            "# Crowns\n\n- procedure: crowns\n\n## How long does it last?\n\n- draft: yes\n\nFifteen years.\n"
        )
        talk = Chat(Shelf.read([tmp_path / "whitening.md", tmp_path / "crowns.md"]))
        return lambda line: "".join(text for _, text in talk.respond(line, width=None))

    def test_the_answer_names_its_file(self, ask):
        assert ask("how long does bleaching last") == (
            "How long does it last? (tooth whitening)\nAbout a year.\nSource: Our leaflet, page 2 (whitening.md)"
        )
        assert ask("how long do crowns last") == (
            "How long does it last? (crowns)\n"
            "Fifteen years.\nNot reviewed yet: taken from the article by machine.\nSource: crowns.md"
        )

    @pytest.mark.parametrize("name", ["crowns", "CROWNS.md", "crown", "crwns"])
    def test_one_alone_may_be_asked(self, ask, name):
        assert ask(f"/kb {name}") == "crowns.md alone answers. /kb all asks them all."
        assert ask("how long does it last").startswith("Fifteen years.")
        assert "whitening" not in ask("/topics other")
        assert ask("/kb all") == "All of them answer."
        assert "whitening" in ask("/topics other")

    @pytest.mark.parametrize("name", ["implants", "o", "?"])
    def test_a_name_that_none_or_several_have(self, ask, name):
        assert ask(f"/kb {name}") == "Which one is meant? There are whitening.md, crowns.md."

    def test_kb_tells_what_there_is(self, ask, tmp_path):
        ask("/kb bleaching")
        assert ask("/kb") == (
            f"Tooth whitening: 2 entries, 1 answer and 1 gap; all reviewed\n{tmp_path}/whitening.md\n"
            f"Crowns: 1 entry, 1 answer and 0 gaps; 1 not reviewed yet (not asked now)\n{tmp_path}/crowns.md\n"
            "/kb NAME asks one of them alone, /kb all asks them all."
        )


def test_a_single_file_has_nothing_to_narrow(bot):
    assert session(bot, ["/kb", "/kb all", "/kb x"]) == [
        "The garage: 5 entries, 4 answers and 1 gap; all reviewed",
        "There is only one knowledge base, and it answers.",
        "There is only one knowledge base, and it answers.",
    ]
