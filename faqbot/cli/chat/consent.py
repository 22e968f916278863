"""Ask for consent to log the questions that went wrong: given once, remembered; nothing is kept before."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.answering.feedback import Feedback, Listener
from faqbot.cli.text import clean
from faqbot.errors import LogError, Problem
from faqbot.evaluation import log as query_log

ON: Final = "on"
OFF: Final = "off"
KEPT: Final = "questions that got no answer or a bad one"
MASKED: Final = "e-mail addresses and long numbers are masked, names are not"


@dataclass(frozen=True, slots=True)
class _Setting:
    """The consent that is remembered, "" for none, and when it was given, so that giving it again counts."""

    said: str = ""
    stamp: int = 0


def log_path() -> Path | None:
    """Return where questions are kept of somebody who agreed, or None for someone without a home."""
    import platformdirs

    try:
        return platformdirs.user_state_path("faqbot") / "questions.jsonl"
    except RuntimeError:
        return None


def setting_path() -> Path | None:
    """Return where it is remembered what a person said, or None for someone without a home."""
    import platformdirs

    try:
        return platformdirs.user_config_path("faqbot") / "recording"
    except RuntimeError:
        return None


def is_on() -> bool:
    """Return whether a person agreed, and has not said otherwise since."""
    return _setting().said == ON


def set_consent(on: bool) -> str:
    """Remember whether the questions of this person's chats are kept, and return a sentence that says so."""
    setting, log = setting_path(), log_path()
    if setting is None or log is None:
        return "There is no home folder to remember that in: nothing is kept."
    try:
        if on:
            log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            query_log.ensure_writable(log)
        setting.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write_text(setting, f"{ON if on else OFF}\n")
    except (OSError, LogError) as error:
        still = "; it is as it was, and deleting that file turns it off" if is_on() and not on else ""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return clean(f"That cannot be remembered in {setting}: {reason}{still}.")
    return _state()


def said(words: str) -> str:
    """Return what a chat says to "/record" with these words, and do what they ask."""
    wanted = words.strip().casefold()
    if wanted in (ON, OFF):
        return set_consent(wanted == ON)
    return f"{_state()} Change it with /record on or /record off."


def listener_for(option: Path | None, title: str) -> Listener | None:
    """Return what is told of the questions of one chat; it keeps those that a person agreed to have kept.

    The setting is looked up with each question, so that "/record off" counts at once, in every chat.

    Args:
        option: the log named for this run, which is agreement for it until somebody says "/record off".
        title: of the knowledge base.

    Raises:
        LogError: no question can be kept in that log.
    """
    path = option if option is not None else log_path()
    if path is None:
        return None
    if option is not None:
        query_log.ensure_writable(option)
    keep = query_log.recorder(path, title, _tell)
    before = _setting()

    def listen(feedback: Feedback) -> None:
        now = _setting()
        if now.said == ON or (option is not None and (now.said != OFF or now == before)):
            keep(feedback)

    return listen


def notice(option: Path | None) -> str:
    """Return what a chat says before the first question where questions are kept, else ""."""
    path = option if option is not None else log_path() if is_on() else None
    return clean(f"The {KEPT} are kept in {path}; {MASKED}. /record off ends that.") if path else ""


def log_of(option: str) -> Path:
    """Return the log that is named, or the one that a person agreed to.

    Raises:
        LogError: none is named, and nobody agreed to one.
    """
    if option:
        return Path(option)
    path = log_path()
    if path is None or not path.exists():
        wrong, right = "no questions are kept", "/record on in the chat keeps them, or name a log"
        raise LogError(Problem(path or Path("questions.jsonl"), None, wrong, right))
    return path


def _state() -> str:
    path = log_path()
    if is_on():
        return clean(f"On: {KEPT} are kept in {path}, which only you can read; {MASKED}.")
    left = f" What was kept before stays in {path} until you delete it." if path and path.exists() else ""
    return clean(f"Off: no questions are kept.{left}")


def _setting() -> _Setting:
    path = setting_path()
    try:
        if path is None:
            return _Setting()
        with files.opened(path) as stream:
            said = stream.read(len(OFF) + 1) or b""
        return _Setting(said.decode("ascii", "replace").strip(), path.stat().st_mtime_ns)
    except OSError:
        return _Setting()


def _tell(sentence: str) -> None:
    print(f"faqbot: {clean(sentence)}", file=sys.stderr, flush=True)
