"""What every request passes before it is looked at: host, origin, token, rate. And what every reply gets: headers.

The access log and the metrics are kept here too. Neither holds anything of a question: of a path only known routes.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faqbot.serving.limits import RateLimit, is_loopback
from faqbot.serving.metrics import Metrics

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")
HEALTH: Final = "/health"
WIDGET: Final = "/widget.js"
ROUTES: Final = frozenset(
    {"/", "/ask", "/chat", "/feedback", "/questions", HEALTH, "/metrics", "/openapi.json", WIDGET, "/mcp"}
)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "DELETE"})
LONGEST_HEAD: Final = 16 * 1024  # bytes of a request's address and headers
HEAD_TOO_LONG: Final = f"Address and headers may have {LONGEST_HEAD:,} bytes."
PREFLIGHT_SECONDS: Final = 600
OWN: Final = "faqbot"  # the key of what is noted about a request in its scope

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # none at all would make the page's own forms come from the origin "null"
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask.

    Attributes:
        hosts: names that the server is asked for by, beside those of this machine and the address it listens on.
        origins: of other sites whose pages may ask, such as "https://clinic.example".
        token: that every request has to bring; empty for none.
        rate: requests a minute of one client; 0 for no limit.
        is_local_limited: whether that holds for this machine, too: it is where a proxy or a test stands.
        is_proxied: whether a proxy names the client in the last place of X-Forwarded-For.
    """

    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    token: str = field(default="", repr=False)
    rate: int = 0
    is_local_limited: bool = False
    is_proxied: bool = False


@dataclass(slots=True)
class Note:
    """What is known of a request when it is over."""

    route: str
    began: float
    status: str = ""
    reason: str = ""
    entry: str = ""
    code: int = 0
    extra: dict[str, str] = field(default_factory=dict)


class Guard:
    """The outermost layer of the service, as ASGI middleware.

    Args:
        app: what answers the requests that pass.
        rules: who may ask.
        metrics: counts requests.
        log: takes a line of JSON for each request.
    """

    def __init__(self, app: ASGIApp, rules: Rules, metrics: Metrics, log: Log) -> None:
        self._app = app
        self._rules = rules
        self._metrics = metrics
        self._log = log
        self._limit = RateLimit(rules.rate) if rules.rate else None
        self._token = sha256(rules.token.encode()).digest() if rules.token else b""
        self.is_stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; add headers, and take note of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        note = Note(_route(scope), time.perf_counter())
        scope[OWN] = note

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                note.code = message["status"]
                message["headers"] = self._headers(message.get("headers", ()), note)
            await send(message)

        try:
            headers = _headers(scope)
            refused = self._foreign(scope, note, headers) or self._refused(scope, headers)
            await (refused or self._app)(scope, receive, sent)
        finally:
            self._metrics.request(note.route, note.code)
            self._log(_line(note))

    def _foreign(self, scope: Scope, note: Note, headers: dict[str, str]) -> ASGIApp | None:
        """Return what refuses a request by its host or origin, or answers what a browser asks before it asks."""
        lines = sum(len(name) + len(value) + len(": \r\n") for name, value in scope["headers"])
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) + lines > LONGEST_HEAD:
            return problem(431, HEAD_TOO_LONG, {"connection": "close"})
        host, origin = headers.get("host", ""), headers.get("origin", "")
        if not self._is_ours(host, scope):
            return problem(400, "This server is not called that. Its names are given with --allow-host.")
        if origin and not _is_same(origin, host) and scope["path"] != WIDGET:
            if origin not in self._rules.origins:
                return problem(403, "Pages of this origin may not ask. --allow-origin names those that may.")
            note.extra = {"access-control-allow-origin": origin, "vary": "Origin"}
            note.extra["access-control-expose-headers"] = "Retry-After"
            if scope["method"] == "OPTIONS":
                note.extra |= {
                    "access-control-allow-methods": "GET, POST",
                    "access-control-allow-headers": "Authorization, Content-Type",
                    "access-control-max-age": str(PREFLIGHT_SECONDS),
                }
                return Response(status_code=204)
        return None

    def _refused(self, scope: Scope, headers: dict[str, str]) -> ASGIApp | None:
        """Return what refuses a request that comes too soon, or without the token."""
        if scope["path"] == HEALTH:
            return None
        wait = self._wait(scope, headers)
        if wait:
            seconds = str(math.ceil(wait))
            return problem(429, f"Too many requests. Try again in {seconds} s.", {"retry-after": seconds})
        if self._token and not self._is_token(headers.get("authorization", "")):
            return problem(401, "This needs the token: Authorization: Bearer …", {"www-authenticate": "Bearer"})
        return None

    def _is_ours(self, host: str, scope: Scope) -> bool:
        name = name_of(host)
        address = (scope.get("server") or ("",))[0]
        return bool(name) and (
            name in LOOPBACK_NAMES or name in self._rules.hosts or name == name_of(_bracketed(address))
        )

    def _wait(self, scope: Scope, headers: dict[str, str]) -> float:
        address = (scope.get("client") or ("",))[0]
        if self._rules.is_proxied and "x-forwarded-for" in headers:
            address = headers["x-forwarded-for"].rpartition(",")[2].strip()
        if self._limit is None or scope["path"] == WIDGET:
            return 0.0
        if is_loopback(address) and not self._rules.is_local_limited:
            return 0.0
        return self._limit.wait(address)

    def _is_token(self, sent: str) -> bool:
        scheme, _, token = sent.partition(" ")
        digest = sha256(token.strip().encode("latin-1", "replace")).digest()
        return hmac.compare_digest(digest, self._token) and scheme.lower() == "bearer"

    def _headers(self, own: Iterable[tuple[bytes, bytes]], note: Note) -> list[tuple[bytes, bytes]]:
        own = list(own)
        named = {name.lower() for name, _ in own}
        added = HEADERS | note.extra | ({"connection": "close"} if self.is_stopping else {})
        return own + [
            (name.encode(), value.encode("latin-1")) for name, value in added.items() if name.encode() not in named
        ]


def problem(code: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """Return a refusal: an HTTP status, and a sentence that says why."""
    return Response(json.dumps({"error": sentence}), code, headers, media_type="application/json")


def no_http(code: int) -> Response:
    """Return the refusal of a request that cannot be read at all, with the headers of every reply."""
    sentence = HEAD_TOO_LONG if code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE else "This is no HTTP request."
    return problem(code, sentence, HEADERS | {"connection": "close"})


def note_of(scope: Scope) -> Note:
    """Return what is noted about a request, to be added to."""
    note: Note = scope[OWN]
    return note


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers by name; one that decides who may ask, and comes twice, is no name of anybody."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        text = value.decode("latin-1").strip()
        is_twice = name in ("host", "origin", "authorization") and name in found
        found[name] = "\0" if is_twice and found[name] != text else text
    return found


def name_of(host: str) -> str:
    """Return the name in a Host header, in lower case, without port and brackets; "" where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        is_bare = parts.netloc == host and not (parts.username or parts.path or parts.query or parts.fragment)
        _ = parts.port
    except ValueError:
        return ""
    return (parts.hostname or "").rstrip(".") if is_bare and "@" not in host else ""


def _bracketed(address: str) -> str:
    try:
        return f"[{address}]" if ipaddress.ip_address(address).version == 6 else address
    except ValueError:
        return ""


def _is_same(origin: str, host: str) -> bool:
    """Return whether an origin is the server itself, by the name that it was asked for."""
    scheme, _, place = origin.partition("://")
    return scheme in ("http", "https") and place.lower() == host.lower()


def _route(scope: Scope) -> str:
    method = scope["method"] if scope["method"] in METHODS else "other"
    return f"{method} {scope['path'] if scope['path'] in ROUTES else 'other'}"


def _line(note: Note) -> str:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    shown: dict[str, Any] = {"time": now, "route": note.route, "code": note.code}
    if note.status:
        shown |= {"status": note.status, "reason": note.reason, "entry": note.entry or None}
    return json.dumps(shown | {"ms": round((time.perf_counter() - note.began) * 1000, 2)})
