"""Every regular expression of the package as it is compiled, and texts that make bad ones slow.

Run as a script it prints them as JSON: those at the top of modules, and those made of what an article says.
"""

import ast
import json
import pkgutil
import re
import sys
from importlib import import_module
from pathlib import Path
from re import _constants as codes
from re import _parser as parser

PACKAGE = Path(__file__).parent.parent / "faqbot"
FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"}
NAME = "(a+)+ mud-bath"  # what an article is about is a word like any other in an expression
ARTICLE = """What is Moor Mud-Bathing (MMB)?

Moor Mud-Bathing is a treatment that reduces aches. Mud bathing takes about 20 minutes. The procedure can't hurt.
The practitioner warms the mud. During the treatment, a patient lies still. It was found in 1950, e.g. by Dr. Moor. The
skin calms down and the muscles relax. There are 3 steps: mud, water, rest. A mud bath helps aching backs [1].

- The bath softens skin.
- It won't stain.
"""


def sites():
    """Return where the package makes expressions: file and lines, and the name that it gives them or the function."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for top in ast.parse(path.read_text(encoding="utf-8")).body:
            for name, node in _named(top):
                for call in ast.walk(node):
                    if _makes_one(call):
                        found[str(path), call.lineno, call.end_lineno] = f"{module}.{name}"
    return found


def methods(name):
    """Return how an expression is used: from the beginning of a text alone, or from every place in it."""
    module, _, name = name.rpartition(".")
    path = (PACKAGE / module.replace(".", "/")).with_suffix(".py")
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ()  # in a class: no module
    used = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }
    return sorted(used) if used and used <= {"match", "fullmatch"} else ["finditer"]


def _named(top):
    if isinstance(top, ast.ClassDef):
        return [(f"{top.name}.{getattr(each, 'name', '')}", each) for each in top.body]
    targets = [top.target] if isinstance(top, ast.AnnAssign) else getattr(top, "targets", [])
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return [(getattr(top, "name", "") or "".join(names[:1]), top)]


def _makes_one(node):
    function = getattr(node, "func", None)
    return (
        isinstance(node, ast.Call)
        and isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in FUNCTIONS
    )


def compiled():
    """Return every expression with the place in the package that asked for it, as the package is used."""
    found, make = set(), re._compile

    def recording(pattern, flags):
        frame = sys._getframe(1)
        while frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        made = make(pattern, flags)
        if Path(frame.f_code.co_filename).is_relative_to(PACKAGE):
            text = made.pattern if isinstance(made.pattern, str) else made.pattern.decode("latin-1")
            found.add((frame.f_code.co_filename, frame.f_lineno, text, made.flags, isinstance(made.pattern, bytes)))
        return made

    re._compile = recording
    _use_everything()
    re._compile = make
    return sorted(found)


def _use_everything():
    import faqbot  # noqa: PLC0415 - while it is watched

    for module in pkgutil.walk_packages([str(PACKAGE)], "faqbot."):
        if module.name != "faqbot.__main__":
            import_module(module.name)
    base = faqbot.extract_faq(ARTICLE)
    faqbot.FaqBot(base, encoder=None).ask_each("what is it, and also how long does it take?")
    module = lambda name: import_module(f"faqbot.{name}")  # noqa: E731
    module("documents.markdown").parse("# A\n\n<details><summary>Why?</summary>So.</details>\n")
    cues, kinds, subject = map(module, ("extraction.cues", "extraction.kinds", "extraction.subject"))
    catalogue, headings = map(module, ("extraction.catalogue", "extraction.headings"))
    named = subject.Subject(NAME, ("m*d",), kinds.Kind.PROCEDURE, NAME)
    headings.by_heading("none of these", [question for _, question in headings.HEADINGS], named)
    headings.asked("none of these", named)
    cues.patterns(named.mentions.pattern, cues.CUES)
    for kind in filter(None, kinds.Kind):
        catalogue.about(subject.Subject("muds", (), kind, "muds"))
    kinds.is_task("mud", ["mud"], has_steps=True)
    naming = module("extraction.naming")
    naming.as_written(("moor", "mud"), "Moor mud", "Moor mud is old. Moor mud helps.")
    naming.spellings("mudbath", "a mud-bath")
    naming.abbreviations("moor mud", "moor mud (MM)")
    module("extraction.several")._is_thing("Mud", "Mud is a bath.")
    subject._is_procedure("mud", (), "the mud")
    module("search.vectors")._pattern([NAME])
    list(module("cli.screens.widgets")._marked(["a"], "a"))
    list(module("cli.report")._row("a", ["b"], 80))


def attacks(pattern, flags):
    """Return pairs of an opening and a piece: the opening and many of the pieces, with no end to match, are slow."""
    tree = list(parser.parse(pattern, flags))
    samples = list(dict.fromkeys(_samples(tree)))
    whole = _example(tree)
    pieces = [*samples, *(a + b for a in samples for b in samples if a != b)][:MOST_PIECES]
    openings = ["", *_openings(tree)]
    return list(dict.fromkeys((opening, piece) for piece in [whole, *pieces] if piece for opening in openings))


MOST_PIECES = 60


def _openings(tree):
    """Return texts that get a match as far as each part of the expression."""
    said, found = "", []
    for code, value in tree:
        if code in REPEATS:
            found.append(said)
        said += _example([(code, value)])
    return list(dict.fromkeys(found))[:3]


REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
CATEGORIES = {
    codes.CATEGORY_DIGIT: "7", codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a", codes.CATEGORY_WORD: "a", codes.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _samples(tree):  # noqa: C901 - a case each
    """Yield a text for each literal run, class and repeated part of an expression."""
    run = ""
    for code, value in tree:
        if code is codes.LITERAL:
            run += chr(value)
            continue
        if run:
            yield run
        run = ""
        match code:
            case codes.IN | codes.NOT_LITERAL | codes.ANY:
                yield from _characters(code, value)
            case codes.BRANCH:
                for branch in value[1]:
                    yield from _samples(list(branch))
            case codes.SUBPATTERN:
                yield from _samples(list(value[3]))
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                yield _example(list(value[2]))
                yield from _samples(list(value[2]))
            case codes.ASSERT | codes.ASSERT_NOT:
                yield from _samples(list(value[1]))
            case _:
                pass
    if run:
        yield run


def _characters(code, value):
    """Return a few characters that a class holds."""
    if code is codes.ANY:
        return ["a"]
    if code is codes.NOT_LITERAL:
        return [next(letter for letter in "a b" if ord(letter) != value)]
    if value[0][0] is codes.NEGATE:
        test = re.compile("[" + "".join(map(_written, value)) + "]")
        return [letter for letter in "a (<[\"'.-\n" if test.match(letter)][:3] or ["~"]
    found = []
    for kind, one in value:
        if kind is codes.LITERAL:
            found.append(chr(one))
        elif kind is codes.RANGE:
            found.append(chr(one[0]))
        elif kind is codes.CATEGORY:
            found.append(CATEGORIES[one])
    return found[:4]


def _written(item):
    kind, one = item
    if kind is codes.NEGATE:
        return "^"
    if kind is codes.RANGE:
        return f"{re.escape(chr(one[0]))}-{re.escape(chr(one[1]))}"
    if kind is codes.CATEGORY:
        return {"7": r"\d", " ": r"\s", "a": r"\w", "-": r"\W"}[CATEGORIES[one]]
    return re.escape(chr(one))


def _example(tree):
    """Return a text that an expression is meant to match, but for what it looks ahead and behind for."""
    said = ""
    for code, value in tree:
        match code:
            case codes.LITERAL:
                said += chr(value)
            case codes.IN | codes.NOT_LITERAL | codes.ANY:
                said += _characters(code, value)[0]
            case codes.BRANCH:
                said += _example(list(value[1][0]))
            case codes.SUBPATTERN:
                said += _example(list(value[3]))
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                said += _example(list(value[2])) * max(1, min(value[0], 10))
            case _:
                pass
    return said


if __name__ == "__main__":
    json.dump(compiled(), sys.stdout)
