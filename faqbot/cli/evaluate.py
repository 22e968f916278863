"""`faqbot eval`: how well labelled questions are answered, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from faqbot.answering import serialize
from faqbot.bot import FaqBot
from faqbot.cli import progress
from faqbot.cli import text as rendering
from faqbot.cli.status import DONE, FINDINGS
from faqbot.errors import Problem, QuestionsError
from faqbot.evaluation import labelled, metrics, trials, tuning
from faqbot.evaluation.metrics import WORTH, Confusion, Evaluation, Judged, Outcome, Share
from faqbot.evaluation.trials import Fix
from faqbot.knowledge import reader, writer
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.knowledge.reader import KnowledgeFile
from faqbot.search import encoder
from faqbot.text import counted, shortened

STDIN: Final = "-"
PAIRS: Final = 10  # confusions told; the others are counted
EXAMPLES: Final = 3  # questions of each
CUT: Final = 100  # columns of a line where there is no terminal to fit
LONG: Final = 500  # questions asked or entries indexed: from there on it takes long enough to say how far it is
STEPS: Final = 100  # of the line that says so

ANSWERABLE: Final = (Outcome.RIGHT, Outcome.SUGGESTED, Outcome.REFUSED, Outcome.LOST, Outcome.MISLED)
UNANSWERABLE: Final = (Outcome.RIGHT, Outcome.REFUSED, Outcome.MADE_UP)
SAYS: Final = {
    Outcome.RIGHT: "answered with the right entry",
    Outcome.SUGGESTED: "the right entry is among the suggestions",
    Outcome.REFUSED: "held back, rightly",
    Outcome.LOST: "held back, though an entry answers",
    Outcome.MISLED: "answered with a wrong entry",
    Outcome.MADE_UP: "answered, though nothing answers",
}
RECOGNISED: Final = "recognised as a gap"


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores to print: the files, the evaluation, and the fixes, None where the phrasings asked themselves."""

    file: str
    questions: str
    done: Evaluation
    fixes: tuple[Fix, ...] | None


def run(options: argparse.Namespace) -> int:
    """Evaluate a knowledge file; the status tells whether anybody was given a wrong answer."""
    named = (options.file, options.questions)
    return DONE if evaluate(*named, is_json=options.json, is_tuned=options.tune) else FINDINGS


def evaluate(name: str, questions: str, *, is_json: bool = False, is_tuned: bool = False) -> bool:
    """Evaluate a knowledge file, print what came of it, and return whether nobody was given a wrong answer.

    Args:
        name: of the knowledge file.
        questions: the name of the file of labelled questions, or `-`; "" asks the knowledge file's own phrasings.
        is_json: whether to print a JSON object.
        is_tuned: whether to tune the file's threshold on the questions first, and write it into the file.

    Raises:
        FaqbotError: one of the files cannot be used.
    """
    file = reader.read(Path(name))
    base = file.knowledge
    asked = _questions(questions, base) if questions else ()
    fixes: tuple[Fix, ...] | None = None
    bot = FaqBot(base, encoder=encoder.remembering())
    if is_tuned:
        print(rendering.clean(_tuned(bot, file, asked)), file=sys.stderr)
        base = reader.read(Path(name)).knowledge
        bot = bot.over(base)
    with progress.line() as show:

        def told(what: str, asks: int = 1) -> metrics.Progress:
            def tell(number: int, total: int) -> None:
                step = max(1, total // STEPS)
                if total * asks >= LONG and (number % step == 0 or number == 1):
                    show(f"{what} {number} of {total}")

            return tell

        if questions:
            done = metrics.evaluate(bot, asked, told("question"))
            fixes = trials.fixes(bot, done, told("trying fix", len(asked)))
        else:
            done = metrics.leave_one_out(bot, told("leaving out", len(base.entries)))
    if not done.judged:
        right = "add '- also: …' to an entry, or name a file with labelled questions"
        raise QuestionsError((Problem(Path(name), None, "no entry has a second phrasing to ask", right),))
    scores = Scores(name, questions, done, fixes)
    if is_json:
        print(json.dumps(as_json(scores)))
    else:
        for line in lines(scores, width=rendering.columns(sys.stdout)):
            print(line)
    return done.is_harmless


def _tuned(bot: FaqBot, file: KnowledgeFile, asked: Sequence[labelled.Labelled]) -> str:
    """Tune the threshold of a file, write it, and return a sentence that says what that does."""
    found = tuning.tuned(bot, asked)
    if found is None:
        right = f"tuning takes at least {tuning.FEWEST}"
        raise QuestionsError((Problem(file.path, None, f"{counted(len(asked), 'labelled question')}", right),))
    usual, best = found
    changed = replace(file.knowledge, answer_from=None if best.answer == usual.answer else best.answer)
    writer.save(writer.update(file, changed))
    if best.answer == usual.answer:
        return f"{file.path}: answers from {usual.answer:g}, as usual: {usual.right} right, {usual.wrong} wrong"
    return (
        f"{file.path}: answers from {best.answer:g} now: {best.right} right, {best.wrong} wrong; "
        f"from {usual.answer:g} as usual it would be {usual.right} and {usual.wrong}"
    )


def _questions(name: str, base: KnowledgeBase) -> Sequence[labelled.Labelled]:
    if name != STDIN:
        return labelled.read(Path(name), base)
    if sys.stdin.isatty():
        print("faqbot: paste the questions; Ctrl-D ends them", file=sys.stderr)
    data = sys.stdin.buffer.read(labelled.LARGEST + 1)
    return labelled.parse(data, Path("standard input"), base)


def lines(scores: Scores, *, width: int | None) -> Iterator[str]:
    """Yield what `eval` prints; lines longer than `width` columns are cut."""
    limit = CUT if width is None or width < rendering.NARROWEST else min(width, rendering.WIDEST)
    for line in _lines(scores):
        yield shortened(rendering.clean(line).rstrip(), limit)


def _lines(scores: Scores) -> Iterator[str]:
    done = scores.done
    own = ", its own, each asked with itself left out" if scores.fixes is None else ""
    yield f"{scores.file}: {counted(len(done.judged), 'question')}{own}"
    yield from _table(done, "belong to an entry", ANSWERABLE, is_answerable=True)
    yield from _table(done, "nothing answers", UNANSWERABLE, is_answerable=False)
    pairs = done.confusions
    for pair in pairs[:PAIRS]:
        yield from _confusion(pair)
    if len(pairs) > PAIRS:
        rest = sum(len(pair.judged) for pair in pairs[PAIRS:])
        yield from ("", f"… and {counted(rest, 'question')} more that went wrong; --json has them all")
    if scores.fixes:
        yield from ("", "What would help, each tried alone, and what became of all the other questions:")
        yield "  better  worse"
        for fix in sorted(
            scores.fixes, key=lambda fix: (not fix.helps, len(fix.others.worse) - len(fix.others.better))
        ):
            yield from _fix(fix)


def _table(done: Evaluation, what: str, outcomes: Sequence[Outcome], *, is_answerable: bool) -> Iterator[str]:
    shares = {outcome: done.share(outcome, answerable=is_answerable) for outcome in outcomes}
    total = shares[Outcome.RIGHT].total
    if not total:
        return
    width = max(len(str(total)), 3)
    yield from ("", f"  {'that ' + what:<26}{total:>{width}}   share   95 % interval")
    for outcome, share in shares.items():
        if not share.count and outcome is Outcome.REFUSED and is_answerable:
            continue  # it takes a question whose answer is a gap
        says = RECOGNISED if outcome is Outcome.RIGHT and not is_answerable else SAYS[outcome]
        low, high = (f"{100 * bound:.0f}" for bound in share.interval)
        yield f"  {outcome:<26}{share.count:>{width}}{100 * share.value:>6.0f} %   {low:>2} to {high:>3} %     {says}"


def _confusion(pair: Confusion) -> Iterator[str]:
    got = _quoted(pair.got) if pair.got else "nothing"
    wanted = f"of {_quoted(pair.wanted)}" if pair.wanted else "that nothing answers"
    yield from ("", f"{counted(len(pair.judged), 'question')} {wanted}", f"  got {got}:")
    for one in pair.judged[:EXAMPLES]:
        yield f"    {rendering.clean_line(one.question)}"
    if len(pair.judged) > EXAMPLES:
        yield f"    … and {len(pair.judged) - EXAMPLES} more"


def _fix(fix: Fix) -> Iterator[str]:
    wanted = fix.judged.wanted
    line = f"{'- also: ' if wanted else '## '}{rendering.clean_line(fix.judged.question)}"
    still = "" if WORTH[fix.outcome] > WORTH[fix.judged.outcome] else f", and it is still {fix.outcome}"
    yield f"  {len(fix.others.better):>6} {len(fix.others.worse):>6}   {line}"
    yield f"{'':<21}{f'of {_quoted(wanted)}' if wanted else 'as a gap'}{still}"


def _quoted(entry: Entry) -> str:
    return f'"{rendering.clean_line(entry.title)}"'


def as_json(scores: Scores) -> dict[str, Any]:
    """Return everything as what `--json` prints; the keys are stable, and new ones may come.

    file, questions (the file's name, or null), asked (how many), outcomes (answerable and unanswerable: count, share
    and interval of each), results (line, question, expected, outcome, and the reply of `ask --json`), confusions
    (wanted and got: ids or null; questions), fixes (question, entry: its id, or null where it becomes a gap; outcome,
    helps, better and worse: question, line and outcome each; null without a file of questions).
    """
    done = scores.done
    return {
        "file": scores.file,
        "questions": scores.questions or None,
        "asked": len(done.judged),
        "outcomes": {
            "answerable": {str(one): _share(done.share(one, answerable=True)) for one in ANSWERABLE},
            "unanswerable": {str(one): _share(done.share(one, answerable=False)) for one in UNANSWERABLE},
        },
        "results": [
            {**_result(one), "expected": list(one.labelled.expected), "reply": serialize.as_json(one.reply)}
            for one in done.judged
        ],
        "confusions": [
            {
                "wanted": pair.wanted.id if pair.wanted else None, "got": pair.got.id if pair.got else None,
                "questions": [one.question for one in pair.judged],
            }
            for pair in done.confusions
        ],
        "fixes": None if scores.fixes is None else [
            {
                "question": fix.judged.question, "entry": fix.judged.wanted.id if fix.judged.wanted else None,
                "outcome": str(fix.outcome), "helps": fix.helps,
                "better": [_result(one) for one in fix.others.better],
                "worse": [_result(one) for one in fix.others.worse],
            }
            for fix in scores.fixes
        ],
    }  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    return {"count": share.count, "share": round(share.value, 4), "interval": [round(one, 4) for one in share.interval]}


def _result(one: Judged) -> dict[str, Any]:
    return {"line": one.labelled.line or None, "question": one.question, "outcome": str(one.outcome)}
