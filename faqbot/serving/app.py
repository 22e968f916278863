"""The routes of the service, and what a request has to look like."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from faqbot import __version__
from faqbot.serving import arguments, body, guard, metrics
from faqbot.serving.arguments import ArgumentError
from faqbot.serving.page import Page
from faqbot.serving.service import Json
from faqbot.serving.workers import WorkerLostError, Workers

LONGEST_OFFSET: Final = 10  # digits; Python reads no number of more than 4,300
MOST_FIELDS: Final = 8  # of a form
WIDGET_SECONDS: Final = 300  # for which a browser may keep the script


class App:
    """The service as ASGI application.

    Args:
        workers: carry out the calls.
        page: shown to people.
        rules: who may ask.
        log: takes a line of JSON for each request.
    """

    def __init__(self, workers: Workers, page: Page, rules: guard.Rules, log: guard.Log) -> None:
        from faqbot.serving.endpoint import McpEndpoint  # noqa: PLC0415 - see there

        self._workers = workers
        self._page = page
        self._metrics = metrics.Metrics()
        self._mcp = McpEndpoint(workers)
        self._about: Json = {}
        self.failure: BaseException | None = None  # why the workers could not start
        routes = [
            Route("/", self._show, methods=["GET"]),
            Route("/", self._answer_form, methods=["POST"]),
            Route("/widget.js", self._widget),
            Route("/chat", self._begin_chat, methods=["GET"]),
            Route("/chat", self._chat, methods=["POST"]),
            Route("/ask", self._ask, methods=["POST"]),
            Route("/feedback", self._feedback, methods=["POST"]),
            Route("/questions", self._questions),
            Route("/health", self._health),
            Route("/metrics", self._show_metrics),
            Route("/openapi.json", self._openapi),
            Route("/favicon.ico", self._nothing),
            Route("/mcp", self._mcp, methods=["POST"]),  # a GET would only wait for what never comes
        ]
        handlers: Any = {HTTPException: _http_problem, ArgumentError: _argument_problem, WorkerLostError: _lost}
        inner = Starlette(routes=routes, exception_handlers=handlers, lifespan=self._life)
        self.asgi = guard.Guard(inner, rules, self._metrics, log)

    @property
    def is_ready(self) -> bool:
        """Whether questions are answered without delay."""
        return bool(self._about)

    @asynccontextmanager
    async def _life(self, _: Starlette) -> AsyncIterator[None]:
        starting = asyncio.create_task(self._start())
        yield
        starting.cancel()
        await self._mcp.stop()
        await self._workers.stop()

    async def _start(self) -> None:
        try:
            await self._workers.start()
            self._about = await self._workers.call("about", {})
        except Exception as error:  # whoever runs the server tells it, and leaves
            self.failure = error

    async def _call(self, name: str, sent: Json) -> Json:
        if not self.is_ready:
            raise HTTPException(503, "Still starting. Try again in a moment.", {"retry-after": "1"})
        return await self._workers.call(name, sent)

    async def _reply(self, request: Request, name: str, sent: Json) -> Json:
        """Return the result of a call that replies to a question, and take note of it."""
        began = time.perf_counter()
        reply = await self._call(name, sent)
        note = guard.note_of(request.scope)
        note.status, note.reason = reply["status"], reply["reason"]
        note.entry = (reply["entry"] or {}).get("id", "")
        self._metrics.reply(note.status, note.reason, time.perf_counter() - began)
        return reply

    async def _ask(self, request: Request) -> Response:
        return _json(await self._reply(request, "ask", arguments.of_ask(await _sent(request))))

    async def _chat(self, request: Request) -> Response:
        reply = await self._reply(request, "chat", arguments.of_ask(await _sent(request)))
        return _json({"html": reply["html"], "conversation": reply["conversation"]})

    async def _begin_chat(self, _: Request) -> Response:
        about = await self._call("about", {})
        return _json({"html": self._page.chat(about["title"], about["starters"])})

    async def _feedback(self, request: Request) -> Response:
        sent = arguments.of_feedback(await _sent(request))
        done = await self._call("feedback", sent)
        if not done["found"]:
            raise HTTPException(404, "There is no such conversation, or nothing was asked in it; it may have ended.")
        self._metrics.feedback(sent["good"])
        return _json({"recorded": done["recorded"]})

    async def _questions(self, request: Request) -> Response:
        offset = request.query_params.get("offset", "0")
        is_number = offset.isascii() and offset.isdigit() and len(offset) <= LONGEST_OFFSET
        sent = arguments.of_questions({"offset": int(offset) if is_number else None})
        return _json(await self._call("questions", sent))

    async def _health(self, _: Request) -> Response:
        if self.asgi.is_stopping or not self.is_ready:
            status = "stopping" if self.asgi.is_stopping else "starting"
            return _json({"status": status, "version": __version__, "knowledge": "", "entries": 0}, 503)
        about = await self._workers.call("about", {})
        shown = {"version": __version__, "knowledge": about["title"], "entries": about["entries"]}
        return _json({"status": "ok"} | shown)

    async def _show_metrics(self, _: Request) -> Response:
        return Response(self._metrics.text(), headers={"content-type": metrics.CONTENT_TYPE})

    async def _openapi(self, _: Request) -> Response:
        return _json(openapi())

    async def _nothing(self, _: Request) -> Response:
        return Response(status_code=204)

    async def _widget(self, _: Request) -> Response:
        headers = {
            "cache-control": f"public, max-age={WIDGET_SECONDS}",
            "cross-origin-resource-policy": "cross-origin",
        }
        return Response(self._page.widget, headers=headers, media_type="text/javascript")

    async def _show(self, _: Request) -> Response:
        return self._document(await self._call("about", {}))

    async def _answer_form(self, request: Request) -> Response:
        form = await _form(request)
        reply = await self._reply(request, "chat", arguments.of_ask(form))
        log = self._page.asked(form["question"], reply["html"])
        return self._document(await self._call("about", {}), log, reply["conversation"])

    def _document(self, about: Json, log: str = "", conversation: str = "") -> Response:
        text = self._page.document(about["title"], about["starters"], log, conversation)
        headers = {"content-security-policy": self._page.policy, "cross-origin-opener-policy": "same-origin"}
        return HTMLResponse(text.encode("utf-8", "replace"), headers=headers)


def openapi() -> Json:
    """Return the description of the routes, in OpenAPI 3.1."""
    described: Json = json.loads((files(__package__) / "openapi.json").read_text(encoding="utf-8"))
    described["info"]["version"] = __version__
    return described


def _json(value: object, code: int = 200) -> Response:
    return Response(
        json.dumps(value), code, media_type="application/json"
    )  # in ASCII: half a character stays what it is


async def _sent(request: Request) -> Mapping[str, Any]:
    sent = await body.read(request, "application/json")
    try:
        return arguments.mapping(json.loads(sent))
    except (ValueError, RecursionError):
        raise ArgumentError("This is not JSON.") from None


async def _form(request: Request) -> dict[str, str]:
    sent = await body.read(request, "application/x-www-form-urlencoded")
    try:
        fields = parse_qsl(sent.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise ArgumentError("This form has too many fields.") from None
    return {name: value for name, value in reversed(fields) if name in ("question", "conversation")}


async def _http_problem(_: Request, error: HTTPException) -> Response:
    return guard.problem(error.status_code, error.detail, dict(error.headers or {}))


async def _argument_problem(_: Request, error: ArgumentError) -> Response:
    return guard.problem(400, str(error))


async def _lost(_: Request, __: WorkerLostError) -> Response:
    return guard.problem(503, "The answer was lost. Ask again.", {"retry-after": "1"})
