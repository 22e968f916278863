"""The MCP server, asked by the official SDK's client: over standard input and output, and over HTTP."""

import asyncio
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import jsonschema
import pytest

from conftest import ROOT
from faqbot import FaqBot
from faqbot.answering.serialize import as_json
from serving import GARAGE, served

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
from mcp.client.streamable_http import streamable_http_client  # noqa: E402 - after what may skip all of this

REPLY_TO = "were do i prak"
WRONG = [
    ("ask", {}, "'question' is missing"),
    ("ask", {"question": 1}, "'question' has to be a string"),
    ("ask", {"question": None}, "'question' has to be a string"),
    ("ask", {"question": ["a"]}, "'question' has to be a string"),
    ("ask", {"question": "hi", "conversation": "new"}, "takes question and nothing else"),
    ("nearest", {"question": "hi", "limit": 0}, "'limit' has to be a whole number"),
    ("nearest", {"question": "hi", "limit": "5"}, "'limit' has to be a whole number"),
    ("nearest", {"question": "hi", "limit": True}, "'limit' has to be a whole number"),
    ("nearest", {"question": "hi", "limit": 10**30}, "'limit' has to be a whole number"),
    ("list_questions", {"offset": -1}, "'offset' has to be a whole number"),
    ("list_questions", {"offset": 1.5}, "'offset' has to be a whole number"),
]


@pytest.fixture(scope="module")
def garage_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("garage") / "garage.md"
    path.write_text(GARAGE)
    return path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_an_output_that_cannot_be_written_is_one_sentence(garage_file):
    first = {"protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}
    sent = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": first})
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "faqbot", "mcp", garage_file], input=f"{sent}\n", text=True, stdout=full,
            stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "faqbot: the output cannot be written: the disk is full\n")


def over_stdio(garage_file):
    command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "faqbot", "mcp", str(garage_file)])
    return mcp.stdio_client(command)


async def everything(transport, mode):
    """Ask all that there is to ask, and return what came back."""
    async with mcp.Client(transport, mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        resources = (await client.list_resources()).resources
        return {
            "instructions": client.instructions,
            "tools": tools,
            "ask": await client.call_tool("ask", {"question": REPLY_TO}),
            "refused": await client.call_tool("ask", {"question": "what is the capital of France"}),
            "nearest": await client.call_tool("nearest", {"question": "park the bike", "limit": 2}),
            "questions": await client.call_tool("list_questions", {}),
            "wrong": [await client.call_tool(name, arguments) for name, arguments, _ in WRONG],
            "templates": (await client.list_resource_templates()).resource_templates,
            "resources": resources,
            "resource": await client.read_resource(resources[0].uri),
            "no tool": await refusal(client.call_tool("rm", {})),
            "no resource": [
                await refusal(client.read_resource(uri))
                for uri in ("faq://entries/nothing", "faq://entries/../../etc/passwd", "file:///etc/passwd", "faq://")
            ],
        }


async def refusal(asked):
    with pytest.raises(mcp.MCPError) as refused:
        await asked
    return str(refused.value)


@pytest.fixture(scope="module", params=["stdio", "http", "stdio of 2025", "http of 2025"])
def heard(request, garage_file):
    mode = "legacy" if "2025" in request.param else "auto"
    if request.param.startswith("stdio"):
        return asyncio.run(everything(over_stdio(garage_file), mode))
    with served(garage_file) as found:
        return asyncio.run(everything(streamable_http_client(f"{found.url}/mcp"), mode))


class TestServer:
    def test_a_reply_is_the_json_of_ask(self, heard, garage_file):
        expected = as_json(FaqBot.from_file(garage_file).ask_each(REPLY_TO))
        assert heard["ask"].structured_content == expected
        assert json.loads(heard["ask"].content[0].text) == expected
        assert not heard["ask"].is_error

    def test_a_refusal_is_a_reply(self, heard):
        assert heard["refused"].structured_content["status"] == "unanswered"
        assert not heard["refused"].is_error

    def test_results_keep_to_their_schemas(self, heard):
        for tool, key in (("ask", "ask"), ("nearest", "nearest"), ("list_questions", "questions")):
            jsonschema.validate(heard[key].structured_content, heard["tools"][tool].output_schema)
        assert heard["nearest"].structured_content["matches"][0]["id"] == "where-do-i-park"
        assert heard["questions"].structured_content["total"] == 6

    def test_tools_say_that_they_change_nothing_and_are_to_be_quoted(self, heard):
        assert list(heard["tools"]) == ["ask", "nearest", "list_questions"]
        for tool in heard["tools"].values():
            hints = tool.annotations
            assert (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint) == (True, False, False)
        assert "word for word" in heard["tools"]["ask"].description
        assert "never add" in heard["tools"]["ask"].description
        assert "word for word" in heard["instructions"]

    def test_wrong_arguments_are_tool_errors_with_a_sentence(self, heard):
        for result, (_, _, sentence) in zip(heard["wrong"], WRONG, strict=True):
            assert result.is_error
            assert sentence in result.content[0].text

    def test_entries_are_resources(self, heard):
        assert [one.uri_template for one in heard["templates"]] == ["faq://entries/{id}"]
        assert heard["resources"][1].uri == "faq://entries/where-do-i-park"
        text = heard["resource"].contents[0].text
        assert text.startswith("# When are you open?\n\nFrom **nine to five**")
        assert "Source: leaflet, page 1" in text

    def test_what_there_is_not_is_an_error(self, heard):
        assert "no tool of that name" in heard["no tool"]
        assert all("no such resource" in said for said in heard["no resource"])


def test_standard_output_holds_nothing_but_json(garage_file):
    """Whatever comes in: each line out is a message, and the program ends with its input."""
    lines = [
        '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
        '"clientInfo":{"name":"t","version":"1"}}}',
        '{"jsonrpc":"2.0","method":"notifications/initialized"}',
        "not json", "[" * 5000, '{"jsonrpc":"2.0","id":2,"method":"nothing"}', "\x00\xff", "",
        '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ask","arguments":"hi"}}',
        '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"ask","arguments":{"question":"\\ud800"}}}',
        '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"ask","arguments":{"question":"where"}}}',
    ]  # fmt: skip
    command = [sys.executable, "-m", "faqbot", "mcp", str(garage_file)]
    wanted, said = {1, 2, 3, 5}, []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        late = threading.Timer(60, program.kill)  # a reply that is missing is then the end of the output
        late.start()
        program.stdin.write("\n".join(lines).encode("utf-8", "replace") + b"\n")
        program.stdin.flush()
        while not wanted <= {message.get("id") for message in said} and (line := program.stdout.readline()):
            said.append(json.loads(line))
        program.stdin.close()  # what is still on its way when the input ends is not waited for
        said += map(json.loads, program.stdout)
        assert program.wait() == 0
        late.cancel()
    assert {message["jsonrpc"] for message in said} == {"2.0"}
    assert {message.get("id") for message in said} >= wanted


OFFLINE = """
import asyncio, fcntl, socket, struct, sys
sys.path.insert(0, "tests")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:  # loopback is down in a new namespace
    name = struct.pack("16sh", b"lo", 1)
    fcntl.ioctl(any_socket, 0x8914, name)
import mcp
from mcp.client.streamable_http import streamable_http_client
from serving import served

async def ask(transport):
    async with mcp.Client(transport) as client:
        return (await client.call_tool("ask", {"question": "where do i park"})).structured_content["text"]

command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "faqbot", "mcp", sys.argv[1]])
print(asyncio.run(ask(mcp.stdio_client(command))))
with served(sys.argv[1]) as found:
    print(asyncio.run(ask(streamable_http_client(f"{found.url}/mcp"))))
"""


HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}
ASKED = b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"%s"}}}'


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"{", -32700),
        (b"\xff\xfe", -32700),
        (b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32700),
        (b"[" * 100_000, -32700),
        (b"a" * 3_000_000, -32700),
        (ASKED % b"a" * 100_000, -32700),
        (ASKED % b"\\ud800 where do I park", "answered"),
        (ASKED % b"where do I park \\udc00\\ud83d\\ude00", "answered"),
        (ASKED % b"\xff where do I park", "answered"),
    ],
    ids=["broken", "no text", "batch", "deep", "long", "many on a line", "half", "half at the end", "no UTF-8"],
)
def test_no_line_stays_without_an_answer_and_the_next_one_gets_its_own(line, answer, garage_file):
    """The output is read to the last reply before the input ends, since its end breaks off what is under way."""
    command = [sys.executable, "-m", "faqbot", "mcp", str(garage_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(HELLO).encode() + b"\n\n" + line + b"\n")
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.write(b'{"jsonrpc":"2.0","id":"next","method":"ping"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "next"
        process.stdin.close()
        assert process.wait(30) == 0
    heard = next(reply for reply in replies if reply["id"] != 0)
    said = heard.get("error", {}).get("code") or heard["result"]["structuredContent"]["status"]
    assert said == answer


def test_what_a_client_gets_wrong_is_no_line_on_standard_error(garage_file):
    lines = [json.dumps(HELLO).encode(), b'{"jsonrpc":"2.0","method":"notifications/cancelled"}', b"{", b"[]"]
    command = [sys.executable, "-m", "faqbot", "mcp", str(garage_file)]
    done = subprocess.run(command, input=b"\n".join(lines) + b"\n", capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_it_answers_where_there_is_no_network(garage_file):
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no network namespace")
    done = subprocess.run(
        [unshare, "-rn", sys.executable, "-c", OFFLINE, str(garage_file)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["Behind the house."] * 2, done.stderr


def test_without_the_extra_a_sentence_names_it():
    code = "import sys; sys.modules['mcp'] = None; from faqbot.cli import main; sys.exit(main.main(['mcp']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "faqbot: Serving MCP needs the extra 'mcp': pip install 'faqbot[mcp]'\n",
    )
