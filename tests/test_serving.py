"""The service over HTTP: a real server, asked by real clients on this machine."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import jsonschema
import pytest

from conftest import ROOT
from faqbot import FaqBot, KnowledgeBase, __version__
from faqbot.answering.serialize import as_json
from faqbot.cli import main
from faqbot.serving import app, conversations, guard, limits, markup
from faqbot.serving.metrics import Metrics
from faqbot.serving.page import Page
from faqbot.serving.service import Service
from serving import GARAGE, served

TOKEN = "a-token-that-nobody-guesses"
REPLY_KEYS = {
    "question",
    "asked",
    "status",
    "reason",
    "confidence",
    "text",
    "note",
    "entry",
    "source",
    "suggestions",
    "parts",
}


@pytest.fixture(scope="session")
def garage_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("garage") / "garage.md"
    path.write_text(GARAGE)
    return path


@pytest.fixture(scope="session")
def garage_bot(garage_file):
    return FaqBot.from_file(garage_file)


@pytest.fixture(scope="module")
def server(garage_file):
    """One server for all tests that change nothing in it."""
    with served(garage_file, "--allow-origin", "https://clinic.example") as found:
        found.slow = socket.create_connection(("127.0.0.1", found.port), timeout=30)
        found.slow.sendall(b"POST /ask HTTP/1.1\r\nHost: loc")
        with found.slow:
            yield found


def schema(name):
    text = json.dumps(app.openapi()).replace("#/components/schemas/", "#/$defs/")
    schemas = json.loads(text)["components"]["schemas"]
    return schemas[name] | {"$defs": schemas}


class TestAsking:
    @pytest.mark.parametrize(
        "question",
        [
            "when are you open",
            "were do i prak",
            "do you repair bikes",
            "price of a new chain",
            "what is the capital of France",
            "when are you open and where do i park?",
            "",
            "x" * 10_001,
            "half a \ud800 character, \x1b[31mred\x00",
        ],
        ids=lambda text: text[:12].encode("ascii", "replace").decode(),
    )
    def test_the_reply_is_the_json_of_ask(self, server, garage_bot, question):
        answer = server.client.post(
            "/ask", content=json.dumps({"question": question}), headers={"Content-Type": "application/json"}
        )
        assert answer.text == json.dumps(as_json(garage_bot.ask_each(question)))
        jsonschema.validate(answer.json(), schema("Reply"))

    def test_a_conversation_understands_what_leans_on_the_message_before(self, server):
        first = server.ask("when are you open", conversation="new").json()
        assert re.fullmatch(r"0-[A-Za-z0-9_-]{22}", first["conversation"])
        jsonschema.validate(first, schema("Reply"))
        listed = server.ask("do you repair bikes", conversation=first["conversation"]).json()
        picked = server.ask("the second one", conversation=first["conversation"]).json()
        assert picked["entry"]["id"] == listed["suggestions"][1]["id"]
        assert picked["conversation"] == first["conversation"]

    def test_without_one_nothing_is_remembered(self, server):
        server.ask("do you repair bikes")
        assert server.ask("the second one").json()["status"] == "unanswered"
        assert set(server.ask("when are you open").json()) >= REPLY_KEYS
        assert "conversation" not in server.ask("when are you open").json()

    def test_an_id_of_ones_own_begins_a_new_conversation_under_another(self, server):
        mine = "0-" + "a" * 22
        assert server.ask("hi", conversation=mine).json()["conversation"] != mine

    def test_a_worry_comes_first(self, server):
        assert server.ask("I am bleeding a lot", conversation="new").json()["status"] == "urgent"

    def test_feedback(self, server):
        talk = server.ask("when are you open", conversation="new").json()["conversation"]
        for sent in ({"good": True, "conversation": talk}, {"good": False, "question": "when are you open"}):
            answer = server.client.post("/feedback", json=sent)
            assert answer.json() == {"recorded": False}
            jsonschema.validate(answer.json(), schema("Noted"))
        assert server.client.post("/feedback", json={"good": True, "conversation": "0-gone"}).status_code == 404

    def test_questions_by_topic(self, server):
        answer = server.client.get("/questions").json()
        jsonschema.validate(answer, schema("Questions"))
        assert [(one["topic"], len(one["questions"])) for one in answer["topics"]] == [
            ("visit", 2), ("repairs", 3), ("", 1),
        ]  # fmt: skip
        assert server.client.get("/questions?offset=5").json()["topics"][0]["questions"][0]["question"] == (
            "How much is a new chain?"
        )

    def test_health(self, server):
        answer = server.client.get("/health")
        jsonschema.validate(answer.json(), schema("Health"))
        assert answer.json() == {"status": "ok", "version": __version__, "knowledge": "The garage", "entries": 6}

    def test_metrics_count_replies_by_status_and_hold_no_question(self, server):
        server.ask("were do i prak")
        text = server.client.get("/metrics").text
        assert re.search(r'^faqbot_replies_total\{status="answered",reason=""\} [1-9]', text, re.M)
        assert re.search(r'^faqbot_reply_seconds_bucket\{le="\+Inf"\} [1-9]', text, re.M)
        assert re.search(r'^faqbot_requests_total\{route="POST /ask",code="200"\} [1-9]', text, re.M)
        assert "prak" not in text

    def test_the_description_names_every_route(self, server):
        described = server.client.get("/openapi.json").json()
        assert described["info"]["version"] == __version__
        assert set(described["paths"]) == guard.ROUTES
        for path, methods in described["paths"].items():
            for method in methods:
                assert server.client.request(method, path).status_code != 405, (method, path)

    def test_the_access_log_has_a_line_a_request_and_nothing_of_a_question(self, server):
        server.ask("were do i prak")
        server.client.get("/xyzzy?question=xyzzy", headers={"X-xyzzy": "xyzzy"})
        deadline = time.monotonic() + 10
        while [line["route"] for line in server.lines()[-2:]] != [
            "POST /ask",
            "GET other",
        ] and time.monotonic() < deadline:
            time.sleep(0.01)
        asked, lost = server.lines()[-2:]
        assert (asked["route"], asked["code"], asked["status"], asked["entry"]) == (
            "POST /ask", 200, "answered", "where-do-i-park",
        )  # fmt: skip
        assert asked["ms"] > 0
        assert "time" in asked
        assert (lost["route"], lost["code"]) == ("GET other", 404)
        assert "xyzzy" not in "".join(server.log)
        assert "prak" not in "".join(server.log)


ATTACKS = [
    ("a foreign host", "GET", "/health", {"Host": "evil.example"}, None, 400),
    ("a host with a user", "GET", "/health", {"Host": "localhost@evil.example"}, None, 400),
    ("a host behind a path", "GET", "/health", {"Host": "evil.example/localhost"}, None, 400),
    ("a host that begins like ours", "GET", "/health", {"Host": "localhost.evil.example"}, None, 400),
    ("a host that is no text", "GET", "/health", {"Host": "\xff"}, None, 400),
    ("an empty host", "GET", "/health", {"Host": ""}, None, 400),
    ("a host with a port that is none", "GET", "/health", {"Host": "localhost:99999"}, None, 400),
    ("a forwarded host does not count", "GET", "/health", {"X-Forwarded-Host": "evil.example"}, None, 200),
    ("a foreign origin", "POST", "/ask", {"Origin": "https://evil.example"}, {"question": "hi"}, 403),
    ("no origin at all", "POST", "/ask", {"Origin": "null"}, {"question": "hi"}, 403),
    ("an origin like ours", "POST", "/ask", {"Origin": "https://clinic.example.evil.example"}, {"question": "hi"}, 403),
    ("an origin with our name as user", "POST", "/ask", {"Origin": "http://localhost@evil"}, {"question": "hi"}, 403),
    ("an origin of another port", "POST", "/ask", {"Origin": "http://localhost:1"}, {"question": "hi"}, 403),
    ("an allowed origin", "POST", "/ask", {"Origin": "https://clinic.example"}, {"question": "hi"}, 200),
    ("a form where JSON is due", "POST", "/ask", {"Content-Type": "text/plain"}, b'{"question":"hi"}', 415),
    ("no JSON", "POST", "/ask", {}, b"{", 400),
    ("JSON that is no object", "POST", "/ask", {}, b"[1]", 400),
    ("JSON within JSON within", "POST", "/ask", {}, b"[" * 60_000, 400),
    ("objects within objects", "POST", "/ask", {}, b'{"question":' * 5_000, 400),
    ("a number of many digits", "POST", "/ask", {}, b'{"question":' + b"9" * 60_000 + b"}", 400),
    ("bytes that are no text", "POST", "/ask", {}, b'{"question":"\xff"}', 400),
    ("no question", "POST", "/ask", {}, {"questions": "hi"}, 400),
    ("a question that is a number", "POST", "/ask", {}, {"question": 1}, 400),
    ("a conversation that is a list", "POST", "/ask", {}, {"question": "hi", "conversation": []}, 400),
    ("feedback without a verdict", "POST", "/feedback", {}, {"question": "hi", "good": "yes"}, 400),
    ("feedback on nothing", "POST", "/feedback", {}, {"good": True}, 400),
    ("a body that is too large", "POST", "/ask", {}, {"question": "x" * 70_000}, 413),
    ("many form fields", "POST", "/", {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1&" * 10_000, 400),
    ("a path upwards", "GET", "/../../etc/passwd", {}, None, 404),
    ("a path upwards, encoded", "GET", "/%2e%2e/%2e%2e/etc/passwd", {}, None, 404),
    ("a path upwards behind a route", "GET", "/widget.js/../../pyproject.toml", {}, None, 404),
    ("a path with a null", "GET", "/widget.js%00.html", {}, None, 404),
    ("a path of bytes", "GET", "/%ff%fe", {}, None, 404),
    ("MCP from a foreign origin", "POST", "/mcp", {"Origin": "https://evil.example"}, {"id": 1}, 403),
    ("MCP without an end", "POST", "/mcp", {"Accept": "application/json, text/event-stream"}, b"[" * 70_000, 413),
    ("MCP within MCP", "POST", "/mcp", {"Accept": "application/json, text/event-stream"}, b"[" * 60_000, 400),
    ("MCP as a form", "POST", "/mcp", {"Content-Type": "text/plain"}, b"{}", 415),
    ("MCP that waits", "GET", "/mcp", {"Accept": "text/event-stream"}, None, 405),
    ("a list from below zero", "GET", "/questions?offset=-1", {}, None, 400),
    ("a list from far away", "GET", "/questions?offset=" + "9" * 50, {}, None, 400),
    ("a list from further than numbers are read", "GET", "/questions?offset=" + "9" * 5_000, {}, None, 400),
    ("another method", "DELETE", "/ask", {}, None, 405),
    ("a method that does not exist", "BREW", "/ask", {}, None, 405),
]  # fmt: skip


class TestAttacks:
    @pytest.mark.parametrize(
        ("method", "path", "headers", "body", "code"),
        [attack[1:] for attack in ATTACKS],
        ids=[attack[0].replace(" ", "-") for attack in ATTACKS],
    )
    def test_each_gets_its_refusal(self, server, method, path, headers, body, code):  # noqa: PLR0917 - a row each
        sent = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        all_headers = {"Host": f"127.0.0.1:{server.port}", "Content-Type": "application/json"} | headers
        status, said, text = raw(server.port, method, path, all_headers, sent)
        assert status == code
        assert "access-control-allow-origin" not in said or headers.get("Origin") == "https://clinic.example"
        if text.startswith(b'{"error"'):
            jsonschema.validate(json.loads(text), schema("Problem"))
        assert b"Traceback" not in text
        assert server.client.get("/health").status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [{"X-Flood": "x" * 100_000}, {f"X-{n}": "x" * 100 for n in range(300)}, {f"X{n}": "" for n in range(2000)}],
        ids=["long", "many", "short"],
    )
    def test_a_flood_of_headers_is_refused(self, server, headers):
        answer = exchanged(server.port, head(server.port, headers))
        assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 431")  # by how much of it comes at once

    def test_two_hosts_are_none(self, server):
        head = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nHost: evil.example\r\n\r\n"
        assert exchanged(server.port, head.encode()).startswith(b"HTTP/1.1 400")

    @pytest.mark.parametrize(
        "request_bytes",
        [b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 1000,
         b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
         b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
         b"POST /ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"],
        ids=["tls", "no target", "no such version", "nulls", "negative", "two lengths", "smuggling"],
    )  # fmt: skip
    def test_what_is_no_request_ends_its_connection_alone(self, server, request_bytes):
        assert exchanged(server.port, request_bytes)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 415", b"")
        assert server.client.get("/health").status_code == 200

    def test_a_body_without_an_end_is_cut_off(self, server):
        head = f"POST /ask HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Type: application/json\r\n"
        chunks = b"Transfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + b"x" * 4096 + b"\r\n") * 20
        assert exchanged(server.port, head.encode() + chunks).startswith(b"HTTP/1.1 413")

    def test_headers_of_every_reply(self, server):
        for path in ("/", "/health", "/nothing", "/widget.js"):
            headers = server.client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert "server" not in headers

    def test_a_page_of_an_allowed_origin_may_ask(self, server):
        origin = {"Origin": "https://clinic.example"}
        before = server.client.options("/ask", headers=origin | {"Access-Control-Request-Method": "POST"})
        assert before.status_code == 204
        assert before.headers["access-control-allow-origin"] == "https://clinic.example"
        assert "access-control-allow-credentials" not in before.headers
        after = server.client.post("/ask", json={"question": "hi"}, headers=origin)
        assert after.headers["access-control-allow-origin"] == "https://clinic.example"
        foreign = server.client.options("/ask", headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403


def raw(port, method, path, headers, body):
    """Send a request as it stands, which clients would mend, and return status, headers and body."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
    answer = exchanged(port, head + (body or b""))
    top, _, text = answer.partition(b"\r\n\r\n")
    first, *rest = top.decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(line.lower().split(": ", 1) for line in rest), text


def head(port, headers):
    lines = [
        "GET /health HTTP/1.1",
        f"Host: localhost:{port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def exchanged(port, data):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        answer = b""
        try:
            connection.sendall(data)
            while piece := connection.recv(65536):
                answer += piece
                if b"\r\n\r\n" in answer and b"connection: close" not in answer.lower():
                    break
        except ConnectionError:
            pass  # it was refused before everything was sent
        return answer


JSON_BODY = "Content-Type: application/json\r\nAccept: application/json\r\n"


class TestWhatIsNoRequest:
    """What cannot be read, or breaks off: refused like everything else, and nothing of it on standard error."""

    @pytest.mark.parametrize(
        ("sent", "code", "sentence"),
        [
            (b"GARBAGE\r\n\r\n", 400, "This is no HTTP request."),
            (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "This is no HTTP request."),
            (b"GET /health HTTP/1.1\r\n\r\n", 400, "This is no HTTP request."),
            (b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 17_000, 431, guard.HEAD_TOO_LONG),
            (
                b"POST /ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
                501,
                "This is no HTTP request.",
            ),
            (
                b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                400,
                "This is no HTTP request.",
            ),
        ],
        ids=["garbage", "TLS", "no host", "endless head", "unknown coding", "no chunk"],
    )
    def test_what_cannot_be_read_is_refused_like_everything_else(self, sent, code, sentence, server):
        top, _, text = exchanged(server.port, sent).partition(b"\r\n\r\n")
        first, *rest = top.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in rest)
        assert first.startswith(f"HTTP/1.1 {code} ")
        assert json.loads(text) == {"error": sentence}
        assert headers["connection"] == "close"
        assert {name: headers[name] for name in guard.HEADERS}.keys() == guard.HEADERS.keys()

    @pytest.mark.parametrize("path", ["/ask", "/chat", "/feedback", "/", "/mcp"])
    @pytest.mark.parametrize("sent", ['Content-Length: 24\r\n\r\n{"que', "Transfer-Encoding: chunked\r\n\r\nzz\r\n"])
    def test_a_body_that_breaks_off_leaves_no_trace_on_standard_error(self, sent, path, server):
        kind = JSON_BODY if path != "/" else "Content-Type: application/x-www-form-urlencoded\r\n"
        before, said = len(server.log), len(server.said)
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}{sent}".encode())
            connection.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while connection.recv(65536):
                    pass
        server.until(lambda: len(server.log) > before)
        assert server.lines()[-1]["code"] == 400
        assert server.client.get("/health").status_code == 200
        assert server.said[said:] == []

    @pytest.mark.parametrize(
        ("kind", "body", "code"),
        [("text/plain", b"{}", 415), ("", b"{}", 415), ("application/json", b" " * 70_000, 413)],
    )
    def test_mcp_refuses_a_body_in_json_as_the_other_routes_do(self, kind, body, code, server):
        headers = {"Content-Type": kind, "Accept": "application/json"}
        for path in ("/mcp", "/ask"):
            answer = server.client.post(path, content=body, headers=headers)
            assert answer.status_code == code
            assert list(answer.json()) == ["error"]


class TestGuards:
    def test_the_token_is_asked_for_everywhere_but_for_health(self, garage_file, tmp_path):
        (tmp_path / "token").write_text(f"{TOKEN}\n")
        with served(garage_file, "--token-file", tmp_path / "token") as found:
            for sent in ("", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer \xe9"):
                answer = found.client.get("/questions", headers={"Authorization": sent.encode("latin-1")})
                assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            for path in ("/", "/metrics", "/mcp", "/openapi.json", "/nothing"):
                assert found.client.get(path).status_code == 401
            assert found.client.get("/health").status_code == 200
            good = found.client.get("/questions", headers={"Authorization": f"Bearer {TOKEN}"})
            assert good.status_code == 200

    def test_a_client_that_asks_too_often_waits(self, garage_file):
        with served(garage_file, "--rate", 4, "--proxy") as found:
            first = {"X-Forwarded-For": "203.0.113.1, 198.51.100.7"}
            codes = [found.client.post("/ask", json={"question": "hi"}, headers=first).status_code for _ in range(3)]
            assert codes == [200, 200, 429]
            late = found.client.post("/ask", json={"question": "hi"}, headers=first)
            assert 1 <= int(late.headers["retry-after"]) <= 15
            other = {"X-Forwarded-For": "203.0.113.1, 198.51.100.8"}
            assert found.client.post("/ask", json={"question": "hi"}, headers=other).status_code == 200
            assert found.client.get("/health").status_code == 200

    @pytest.mark.parametrize(
        ("host", "name"),
        [("localhost:8000", "localhost"), ("LOCALHOST.", "localhost"), ("[::1]:8000", "::1"), ("a@b", ""), ("a/b", ""),
         ("", ""), ("a:x", ""), ("[::1", ""), ("a b", "a b"), ("\0", "\0")],
    )  # fmt: skip
    def test_the_name_in_a_host_header(self, host, name):
        assert guard.name_of(host) == name

    @pytest.mark.parametrize(
        ("arguments", "wrong"),
        [(["--port", "70000"], "whole number"), (["--workers", "0"], "whole number"), (["nothing.md"], "nothing.md"),
         (["--allow-origin", "clinic.example"], "origin"),
         (["--allow-host", "a b"], "is no name"), (["--allow-host", ""], "is no name"),
         (["--allow-host", "*"], "is no name"), (["--allow-host", "https://a"], "is no name"),
         (["--token-file", "nothing"], "token"),
         (["--host", "no.such.host.invalid"], "cannot listen"),
         (["--host", "a" * 300], "not the name of a host"), (["--token-file", "/dev/zero"], "token"),
         (["--record", "no/folder"], "folder")],
        ids=["port", "workers", "file", "origin", "two names", "no name", "any name", "address",
             "token", "host", "long host", "endless token", "record"],
    )  # fmt: skip
    def test_what_cannot_be_served_is_said_in_a_sentence(self, arguments, wrong, capsys, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        try:
            status = main.main(["serve", *arguments])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr().err
        assert status == 2
        assert wrong in said
        assert "Traceback" not in said

    def test_a_bucket_fills_with_time_and_many_clients_take_no_more_memory(self):
        now = 0.0
        limit = limits.RateLimit(60, lambda: now)
        assert [limit.wait("192.0.2.1") > 0 for _ in range(31)] == [False] * 30 + [True]
        now = 1.0
        assert limit.wait("192.0.2.1") == 0
        assert limit.wait("2001:db8::1") == 0
        for number in range(limits.MOST_CLIENTS + 100):
            limit.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        assert len(limit) == limits.MOST_CLIENTS

    @pytest.mark.parametrize(
        ("address", "key"),
        [("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%eth0", "fe80::/64"),
         ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("testclient", "testclient")],
    )  # fmt: skip
    def test_a_client_is_an_address_or_a_network(self, address, key):
        assert limits.client(address) == key


class TestRunning:
    def test_requests_on_their_way_are_answered_when_it_is_told_to_stop(self, garage_file):
        with served(garage_file) as found, ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(self.until_refused, found.url) for _ in range(8)]
            time.sleep(0.5)
            assert found.stop() == 0
            counts = [answer.result(30) for answer in answers]
        assert min(counts) > 0

    @staticmethod
    def until_refused(url):
        """Ask until no connection is taken any more, and return how many replies came; one that is lost raises."""
        replies = 0
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            while True:
                try:
                    answer = client.post("/ask", json={"question": "when are you open"})
                except httpx.ConnectError:
                    return replies
                assert answer.status_code in (200, 503)
                replies += 1

    @pytest.mark.parametrize("workers", [1, 2])
    def test_told_to_stop_twice_it_stops_at_once_and_silently(self, workers, garage_file):
        with served(garage_file, "--workers", workers) as found:
            found.process.send_signal(signal.SIGTERM)
            assert found.stop() == 0
            assert len(found.said) == 1

    def test_workers_that_still_start_are_left_silently(self, garage_file):
        command = [sys.executable, "-m", "faqbot", "serve", "--port", "0", "--workers", "2", str(garage_file)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while process.poll() is None and not children(process.pid):
            time.sleep(0.01)
        process.terminate()
        assert process.communicate(timeout=30)[1] == b""
        assert process.returncode == 0

    def test_health_is_503_until_questions_are_answered(self, garage_file):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        command = [sys.executable, "-m", "faqbot", "serve", "--port", str(port), "--workers", "2", str(garage_file)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            seen = self.health_until_good(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            assert process.wait(30) == 0
        assert seen[0] == (503, "starting", 503)
        assert seen[-1] == (200, "ok", 200)

    @staticmethod
    def health_until_good(url):
        """Return HTTP status and status of each look, and the HTTP status of a question then."""
        seen = []
        deadline = time.monotonic() + 60
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            while (not seen or seen[-1][0] != 200) and time.monotonic() < deadline:
                with contextlib.suppress(httpx.ConnectError):
                    asked = client.post("/ask", json={"question": "when are you open"})
                    health = client.get("/health")
                    jsonschema.validate(health.json(), schema("Health"))
                    seen.append((health.status_code, health.json()["status"], asked.status_code))
                time.sleep(0.01)
        return [one for one in seen if one[0] == one[2]]

    def test_edited_files_are_picked_up_and_broken_ones_are_not(self, tmp_path):
        path = tmp_path / "garage.md"
        path.write_text(GARAGE)
        with served(path) as found:
            assert found.ask("where do i park").json()["text"] == "Behind the house."
            path.write_text(GARAGE.replace("Behind the house.", "Before the house."))
            seen = self.until_changed(found, "Behind the house.")
            assert seen == "Before the house."
            path.write_text("## A?\n\n- alos: x\n\na\n")
            time.sleep(1.3)
            assert found.ask("where do i park").json()["text"] == "Before the house."
        assert any("stay as they were" in line for line in found.said)

    @staticmethod
    def until_changed(found, before):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            text = found.ask("where do i park").json()["text"]
            if text != before:
                return text
            time.sleep(0.1)
        raise AssertionError("the edit was not seen")

    def test_several_workers_keep_a_conversation_together_and_one_that_dies_is_replaced(self, garage_file):
        with served(garage_file, "--workers", 2) as found:
            talks = [found.ask("when are you open", conversation="new").json()["conversation"] for _ in range(4)]
            assert {talk[0] for talk in talks} == {"0", "1"}
            for talk in talks:
                listed = found.ask("do you repair bikes", conversation=talk).json()["suggestions"]
                picked = found.ask("the second one", conversation=talk).json()
                assert picked["entry"]["id"] == listed[1]["id"]
            for child in children(found.process.pid):
                os.kill(child, signal.SIGKILL)
            time.sleep(0.2)
            assert found.ask("when are you open").json()["status"] == "answered"
            assert found.stop() == 0

    def test_questions_are_kept_only_with_record_and_the_page_says_so(self, garage_file, tmp_path):
        log = tmp_path / "asked.jsonl"
        with served(garage_file, "--record", log) as found:
            assert "are kept" in found.client.get("/").text
            found.ask("do you sell helmets to someone@example.org")
            talk = found.ask("do you sell helmets", conversation="new").json()["conversation"]
            found.ask("when are you open", conversation=talk)
            assert found.client.post("/feedback", json={"good": False, "conversation": talk}).json() == {
                "recorded": True
            }
        kept = [json.loads(line) for line in log.read_text().splitlines()]
        assert [line["verdict"] for line in kept] == ["unanswered", "unanswered", "bad"]
        assert "someone@example.org" not in log.read_text()
        assert log.stat().st_mode & 0o077 == 0


def children(parent):
    tasks = ROOT.__class__(f"/proc/{parent}/task")
    if not tasks.exists():
        pytest.skip("no /proc here: the workers cannot be found")
    pids = [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
    return [pid for pid in pids if b"spawn_main" in ROOT.__class__(f"/proc/{pid}/cmdline").read_bytes()]


def test_slow_clients_are_left(server):
    """One that began a request with the first of these tests and said nothing since."""
    with contextlib.suppress(ConnectionError):
        assert server.slow.recv(1) == b""


class TestConversations:
    def test_they_are_bounded_in_number_and_age(self):
        now = 0.0
        kept = conversations.Conversations(object, 3, lambda: now)
        keys = [kept.open("new")[0] for _ in range(conversations.MOST + 1)]
        assert len(set(keys)) == len(keys)
        assert len(kept) == conversations.MOST
        assert kept.find(keys[0]) is None
        assert kept.find(keys[-1]) is not None
        now = conversations.IDLE - 1
        assert kept.find(keys[-1]) is not None
        now = 2 * conversations.IDLE - 2
        assert kept.find(keys[-2]) is None
        assert kept.find(keys[-1]) is not None

    def test_an_id_tells_its_worker(self):
        assert conversations.worker_of(conversations.Conversations(object, 3).open("new")[0]) == 3
        assert [conversations.worker_of(text) for text in ("new", "", "3-", "x-" + "a" * 22)] == [None] * 4


class TestWorkerThread:
    def test_all_questions_of_an_event_loop_are_asked_in_one_thread(self, garage):
        class Named(FaqBot):
            def ask(self, question):
                names.add(__import__("threading").current_thread().name)
                return super().ask(question)

        async def ask():
            bots = [Named(garage, encoder=None) for _ in range(2)]
            return await asyncio.gather(*(bot.ask_async("when are you open") for bot in bots * 8))

        names = set()
        assert {str(reply.status) for reply in asyncio.run(ask())} == {"answered"}
        assert len(names) == 1

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
    def test_a_forked_process_has_a_thread_of_its_own(self):
        code = (
            "import os, asyncio, warnings, faqbot; warnings.simplefilter('ignore')\n"
            "entry = faqbot.Entry(question='Where?', answer='Here.')\n"
            "bot = faqbot.FaqBot(faqbot.KnowledgeBase([entry]), encoder=None)\n"
            "ask = lambda: asyncio.run(bot.ask_async('where')).text\n"
            "ask()\n"
            "child = os.fork()\n"
            "os.write(1, f'{ask()}\\n'.encode())\n"
            "child and os.waitpid(child, 0)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout == "Here.\nHere.\n"


MARKDOWN = [
    ("**bold** and *slanted*", '<p dir="auto"><strong>bold</strong> and <em>slanted</em></p>'),
    ("- a\n- b", '<ul><li dir="auto">a</li><li dir="auto">b</li></ul>'),
    ("3. c", '<ol start="3"><li dir="auto">c</li></ol>'),
    ("[a](https://b.example)", '<a href="https://b.example" rel="noopener nofollow" target="_blank">a</a>'),
    ("[a](javascript:alert(1))", '<p dir="auto">[a](javascript:alert(1))</p>'),
    ("[a](/etc/passwd)", '<p dir="auto">a</p>'),
    ("[a](data:text/html,x)", '<p dir="auto">[a](data:text/html,x)</p>'),
    ("[a](vbscript:x) [b](JaVaScRiPt:x)", "[a](vbscript:x) [b](JaVaScRiPt:x)"),
    ('[a](https://b.example/"onclick="x)', "%22onclick=%22x"),
    ("![x](https://evil.example/pixel.png)", '<a href="https://evil.example/pixel.png" rel'),
    ("![x](data:image/png;base64,AA)", '<p dir="auto">x</p>'),
    ("<img src=x onerror=alert(1)>", '<p dir="auto">&lt;img src=x onerror=alert(1)&gt;</p>'),
    ("<script>alert(1)</script>", '<p dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</p>'),
    ("`<b>`", "<code>&lt;b&gt;</code>"),
    ("```html\n<script>\n```", '<pre dir="ltr" tabindex="0"><code>&lt;script&gt;'),
    ("a | b\n--|--\n1 | 2", '<th dir="auto">a</th>'),
    ("# Head", '<h4 dir="auto">Head</h4>'),
    ("a\x00b\u202ec\x1b[31md", '<p dir="auto">abcd</p>'),
    ("> " * 200 + "deep", "&gt; &gt;"),
    ("half \ud800", '<p dir="auto">half \ufffd</p>'),
]


class TestHtml:
    @pytest.mark.parametrize(
        ("text", "shown"), MARKDOWN, ids=[text[:16].encode("ascii", "replace").decode() for text, _ in MARKDOWN]
    )
    def test_markdown_goes_through_a_whitelist(self, text, shown):
        html = markup.html(text)
        assert shown in html
        assert not re.search(
            r"<(?!/?(p|h4|ul|ol|li|a|em|strong|code|pre|table|thead|tbody|tr|th|td|br|hr|blockquote)\b)", html
        )

    def test_the_page_answers_a_form_without_a_script(self, server):
        first = server.client.get("/")
        assert first.headers["content-type"] == "text/html; charset=utf-8"
        answer = server.client.post("/", data={"question": 'do you repair "<b>'})
        assert "&lt;b&gt;" in answer.text
        assert "<b>" not in answer.text
        talk = re.search(r'name="conversation" value="(0-[^"]+)"', answer.text)[1]
        picked = server.client.post("/", data={"question": "Do you repair electric bikes?", "conversation": talk})
        assert "&lt;img src=x onerror=alert(1)&gt;" in picked.text
        assert "<img" not in picked.text
        assert f'value="{talk}"' in picked.text

    def test_draft_gap_worry_source_and_next_questions_are_shown(self, server):
        def shown(question):
            return server.client.post("/", data={"question": question}).text

        assert "Not reviewed yet" in shown("do you repair children's bikes")
        assert 'class="reply gap"' in shown("price of a new chain")
        assert 'role="alert"' in shown("I am bleeding a lot")
        assert "Source: leaflet, page 1" in shown("when are you open")
        assert 'rel="noopener nofollow"' in shown("when are you open")
        assert "You may also ask" in shown("where do i park")
        assert shown("do you repair bikes").count('<button name="question"') >= 2
        assert "1. Do you repair" not in shown("do you repair bikes")

    def test_the_policy_holds_the_hash_of_the_only_style_and_no_inline_script(self, server):
        page = server.client.get("/").text
        assert page.count("<style>") == 1
        assert re.findall(r"<script[^>]*>", page) == ['<script src="/widget.js" defer>']
        assert not re.search(r'\sstyle="|\son\w+="', page)
        assert Page().policy in server.client.get("/").headers["content-security-policy"]

    def test_page_and_widget_are_small(self, server):
        size = sum(len(server.client.get(path).content) for path in ("/", "/widget.js"))
        assert size < 20_000

    def test_a_title_from_right_to_left_turns_the_page(self):
        assert 'dir="rtl"' in Page().document("عيادة", [])
        assert 'dir="ltr"' in Page().document("Clinic", [])


def test_metrics_add_up():
    metrics = Metrics()
    for seconds in (0.0005, 0.003, 10.0):
        metrics.reply("answered", "", seconds)
    text = metrics.text()
    assert 'le="0.001"} 1' in text
    assert 'le="0.005"} 2' in text
    assert 'le="5.0"} 2' in text
    assert 'le="+Inf"} 3' in text
    assert "faqbot_reply_seconds_count 3" in text


def test_several_files_are_one_service(garage_file, bundled):
    both = Service(
        FaqBot(KnowledgeBase.merged([bundled.knowledge, FaqBot.from_file(garage_file).knowledge]), encoder=None)
    )
    listed = both.questions(offset=0)
    assert listed["total"] == len(bundled.knowledge.entries) + 6
    assert both.entry("where-do-i-park")["markdown"].startswith("# Where do I park? (bike repair)")
    assert both.entry("nothing")["markdown"] is None
    assert len(both.nearest("park", 2)["matches"]) <= 2
    with pytest.raises(ValueError, match="no call"):
        both.call("__init__", {})


def test_nothing_of_it_is_loaded_unless_asked_for():
    code = (
        "import sys; from faqbot.cli import main; main.main(['ask', 'how long does it take']);"
        "print([name for name in sys.modules if name.startswith(('starlette', 'uvicorn', 'mcp', 'pydantic', 'anyio',"
        " 'faqbot.serving', 'asyncio', 'concurrent'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_the_extra_a_sentence_names_it():
    code = "import sys; sys.modules['uvicorn'] = None; from faqbot.cli import main; sys.exit(main.main(['serve']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "faqbot: Serving over HTTP needs the extra 'serve': pip install 'faqbot[serve]'\n",
    )
