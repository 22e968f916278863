"""Looks for bytes that break a promise of targets.py, guided by which code they reach.

    pip install atheris && python tests/fuzz/run.py TARGET [FOLDER] [-max_total_time=SECONDS]

FOLDER keeps the inputs that reach new code, for the next run; what breaks a promise is left beside it as crash-….
Without a target they are listed. Options are those of libFuzzer.
"""

import sys
from importlib import import_module
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

LIBRARIES = ["faqbot", "markdown_it", "mammoth", "pypdf", "h11", "email"]

with atheris.instrument_imports(include=LIBRARIES):
    import targets

    for name in (
        "mammoth",
        "pypdf",
        *(f"faqbot.documents.{one}" for one in ("container", "docx", "html", "pdf", "webpage")),
    ):
        import_module(name)  # loaded with the first file of the kind, which would be too late


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in targets.TARGETS:
        sys.exit(
            f"{__doc__}\n    " + "\n    ".join(f"{name}: {each.__doc__}" for name, each in targets.TARGETS.items())
        )
    atheris.Setup([sys.argv[0], *sys.argv[2:]], targets.TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
