"""`faqbot serve`: a web page, HTTP and MCP from one command."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from faqbot.cli import paths
from faqbot.cli.status import DONE, UsageError
from faqbot.cli.text import clean
from faqbot.errors import ExtraMissingError, FaqbotError

if TYPE_CHECKING:
    from faqbot.answering.feedback import Listener
    from faqbot.serving.guard import Log
    from faqbot.serving.service import Service
    from faqbot.serving.workers import Workers

RATE: Final = 120  # requests a minute of a client: a person types a tenth of that, a page that opens asks three
LARGEST_TOKEN: Final = 4_096  # bytes
SHORTEST_TOKEN: Final = 16  # characters: fewer can be guessed
_NAME: Final = re.compile(r"[\w.:-]+")
EXTRA: Final = frozenset({"starlette", "uvicorn", "h11", "anyio", "click"})


def run(options: argparse.Namespace) -> int:
    """Serve until a signal says to stop; a line of JSON for each request goes to standard output."""
    try:
        from faqbot.serving import app, guard, page, server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise ExtraMissingError("Serving over HTTP", "serve") from None
    rules = guard.Rules(
        hosts=frozenset({options.host.lower(), *(_host(guard.name_of(name), name) for name in options.allow_host)}),
        origins=frozenset(map(_origin, options.allow_origin)),
        token=_token(options.token_file) if options.token_file else "",
        rate=RATE if options.rate is None else options.rate,
        is_local_limited=options.rate is not None,
        is_proxied=options.proxy,
    )
    shown = page.Page(options.title, options.notice or page.NOTICE, is_recorded=options.record is not None)
    try:
        listener = server.listen(options.host, options.port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"cannot listen on {options.host}:{options.port}: {why}; name another --host or --port"
        ) from None
    with listener:
        served = app.App(_workers(options.files, options.record, options.workers), shown, rules, _logger())
        host, port = listener.getsockname()[:2]
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        server.run(served, listener, lambda: _tell(f"{address} answers; Ctrl-C ends it"))
    return DONE


def _workers(files: list[str], record: Path | None, count: int) -> Workers:
    """Return what answers; what is wrong with the files is told here, before anything is served."""
    from faqbot.serving import workers

    opener = partial(service, files, record)
    first = opener(0)
    return workers.Thread(first) if count == 1 else workers.Processes(opener, count)


def service(files: list[str], record: Path | None, number: int) -> Service:
    """Return the service of one worker: a bot of the files, which are read again when somebody has edited them.

    Raises:
        KnowledgeError: a file that cannot be used.
        LogError: no question can be kept in the log.
    """
    from faqbot.bot import FaqBot
    from faqbot.files import bundled
    from faqbot.serving.service import Service

    named: list[str | Path] = [*files] or [bundled("microneedling.md")]
    bot = FaqBot.from_file(*named, cache=paths.cache(), watch=True, on_error=_told(number))
    return Service(bot, record=_recorder(record, bot.knowledge.title), number=number)


def _recorder(path: Path | None, title: str) -> Listener | None:
    if path is None:
        return None
    from faqbot.evaluation import log

    log.ensure_writable(path)
    return log.recorder(path, title, _tell)


def _told(number: int) -> Callable[[FaqbotError], None]:
    """Return what tells of edited files that cannot be used: one worker is enough to tell it."""
    return lambda error: None if number else _tell(f"the answers stay as they were: {error}")


def _host(name: str, given: str) -> str:
    """Return the name of a server that a Host header may have."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{given!r} is no name of a server; one is as people type it: faq.clinic.example")
    return name


def _origin(named: str) -> str:
    """Return an origin as browsers send it."""
    scheme, _, rest = named.partition("://")
    if scheme not in ("http", "https") or not rest.rstrip("/") or "/" in rest.rstrip("/"):
        raise UsageError(f"{named!r} is no origin; one is the beginning of an address: https://clinic.example")
    return named.rstrip("/").lower()


def _token(path: Path) -> str:
    try:
        with path.open("rb") as stream:  # a device has no end
            data = stream.read(LARGEST_TOKEN + 1)
        token = data.decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not plain ASCII"
        raise UsageError(f"{path} holds no token that can be read: {why}") from None
    if not SHORTEST_TOKEN <= len(token) <= LARGEST_TOKEN or not token.isprintable() or " " in token:
        raise UsageError(
            f"{path} has to hold a token: {SHORTEST_TOKEN} to {LARGEST_TOKEN:,} printable characters without spaces"
        )
    return token


def _logger() -> Log:
    """Return what prints a line; once nobody reads them any more, none is printed."""
    is_read = True

    def log(line: str) -> None:
        nonlocal is_read
        if is_read:
            try:
                print(line, flush=True)
            except (OSError, ValueError):
                is_read = False

    return log


def _tell(sentence: str) -> None:
    print(f"faqbot: {clean(sentence)}", file=sys.stderr, flush=True)
