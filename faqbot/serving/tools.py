"""The MCP server: approved answers as tools and resources, for assistants that would otherwise make them up."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, unquote

from faqbot import __version__
from faqbot.errors import ExtraMissingError
from faqbot.serving import arguments
from faqbot.serving.arguments import ArgumentError
from faqbot.serving.service import MOST_NEAREST, Json
from faqbot.serving.workers import WorkerLostError, Workers

try:
    import mcp_types as types
    from mcp import MCPError
    from mcp.server import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

    from faqbot.serving import stdio
except ModuleNotFoundError:
    raise ExtraMissingError("Serving MCP", "mcp") from None

INSTRUCTIONS: Final = (
    "Answers from a FAQ that a person has approved. Ask with `ask`, one question at a time. Where its status is "
    '"answered", quote `text` word for word with its source, and add nothing of your own. With "suggested", show the '
    'suggestions and let the person choose. With "gap" or "unanswered", say that there is no approved answer, quote '
    '`text`, and do not answer from your own knowledge. With "urgent", pass `text` on before anything else.'
)
SCHEME: Final = "faq://entries/"
PAGE: Final = 100  # resources that a list holds; the next ones come with its cursor
_QUESTION: Final[Json] = {
    "type": "string",
    "description": "the question, in the person's own words",
    "maxLength": 10_000,
}


@dataclass(frozen=True, slots=True)
class _Tool:
    title: str
    description: str
    properties: Json
    required: tuple[str, ...]
    result: str  # its schema's name in openapi.json
    checked: Callable[[Mapping[str, Any]], Json]
    call: str


TOOLS: Final = {
    "ask": _Tool(
        "Ask the approved FAQ",
        "Return the approved answer to a question, or that there is none. Quote `text` word for word, name the source, "
        "and never add to it: a refusal is a reply like others, not a reason to answer from elsewhere.",
        {"question": _QUESTION}, ("question",), "Reply", arguments.of_ask, "ask",
    ),
    "nearest": _Tool(
        "Find the nearest entries",
        "Return the questions of the FAQ that come nearest to a question, best first. It never refuses: being nearest "
        "does not make an entry an answer. Use `ask` for answers.",
        {"question": _QUESTION, "limit": {"type": "integer", "minimum": 1, "maximum": MOST_NEAREST, "default": 5}},
        ("question",), "Nearest", arguments.of_nearest, "nearest",
    ),
    "list_questions": _Tool(
        "List the questions",
        "Return the questions that the FAQ answers or knows to have no answer, by topic, a thousand at a time.",
        {"offset": {"type": "integer", "minimum": 0, "default": 0, "description": "how many to leave out"}},
        (), "Questions", arguments.of_questions, "questions",
    ),
}  # fmt: skip


def server(workers: Workers) -> Server[Any]:
    """Return an MCP server whose tools and resources these workers carry out."""
    return Server(
        "faqbot", version=__version__, title="Approved answers", instructions=INSTRUCTIONS,
        on_list_tools=_list_tools, on_call_tool=_caller(workers), on_list_resources=_lister(workers),
        on_list_resource_templates=_list_templates, on_read_resource=_reader(workers),
    )  # fmt: skip


def over_http(workers: Workers, largest_body: int) -> StreamableHTTPSessionManager:
    """Return what answers MCP over HTTP; hosts and origins have been looked at before."""
    return StreamableHTTPSessionManager(
        server(workers), json_response=True, stateless=True, max_request_body_size=largest_body,
        security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )  # fmt: skip


async def over_stdio(workers: Workers) -> None:
    """Answer MCP on standard input and output until the input ends; whatever else is printed goes to stderr."""
    # The SDK warns of each request that the end of the input leaves without a reply, and of what a client gets wrong.
    logging.getLogger("mcp").setLevel(logging.ERROR)
    async with stdio.streams() as (read, write):
        await workers.start()
        offered = server(workers)
        await offered.run(read, write, offered.create_initialization_options())
    await workers.stop()


def _schema(name: str) -> Json:
    """Return a schema of openapi.json with those that it refers to."""
    text = (files(__package__) / "openapi.json").read_text(encoding="utf-8")
    schemas: Json = json.loads(text.replace("#/components/schemas/", "#/$defs/"))["components"]["schemas"]
    return {**schemas[name], "$defs": schemas}


async def _list_tools(_: object, __: object) -> types.ListToolsResult:
    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    listed = [
        types.Tool(
            name=name, title=tool.title, description=tool.description, annotations=hints,
            input_schema={"type": "object", "properties": tool.properties, "required": list(tool.required)},
            output_schema=_schema(tool.result),
        )
        for name, tool in TOOLS.items()
    ]  # fmt: skip
    return types.ListToolsResult(tools=listed)


def _caller(workers: Workers) -> Callable[[object, types.CallToolRequestParams], Awaitable[types.CallToolResult]]:
    async def call(_: object, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no tool of that name; there are {', '.join(TOOLS)}.")
        try:
            sent = tool.checked(asked.arguments or {})
            unknown = sorted((asked.arguments or {}).keys() - tool.properties.keys())
            if unknown:
                raise ArgumentError(f"{asked.name} takes {', '.join(tool.properties)} and nothing else.")
            result = await workers.call(tool.call, sent)
        except ArgumentError as error:
            return _failed(str(error))
        except WorkerLostError:
            return _failed("The answer was lost. Ask again.")
        text = types.TextContent(type="text", text=json.dumps(result))
        return types.CallToolResult(content=[text], structured_content=result)

    return call


def _failed(sentence: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=sentence)], is_error=True)


def _lister(
    workers: Workers,
) -> Callable[[object, types.PaginatedRequestParams | None], Awaitable[types.ListResourcesResult]]:
    async def listed(_: object, asked: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        cursor = (asked.cursor if asked else None) or "0"
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
            raise MCPError(types.INVALID_PARAMS, "This is not a cursor that a list of resources gave.")
        offset = int(cursor)
        found = await workers.call("entries", {"offset": offset, "limit": PAGE})
        resources = [
            types.Resource(
                uri=SCHEME + quote(entry["id"], safe=""), name=entry["id"][:200], title=entry["question"],
                mime_type="text/markdown",
            )
            for entry in found["entries"]
        ]  # fmt: skip
        is_last = offset + PAGE >= found["total"]
        return types.ListResourcesResult(resources=resources, next_cursor=None if is_last else str(offset + PAGE))

    return listed


async def _list_templates(_: object, __: object) -> types.ListResourceTemplatesResult:
    template = types.ResourceTemplate(
        uri_template=f"{SCHEME}{{id}}", name="entry", title="An entry of the FAQ", mime_type="text/markdown",
        description="Question, approved answer and source of one entry, by the id that a reply names.",
    )  # fmt: skip
    return types.ListResourceTemplatesResult(resource_templates=[template])


def _reader(
    workers: Workers,
) -> Callable[[object, types.ReadResourceRequestParams], Awaitable[types.ReadResourceResult]]:
    async def read(_: object, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        key = unquote(asked.uri.removeprefix(SCHEME)) if asked.uri.startswith(SCHEME) else ""
        found = await workers.call("entry", {"id": key})
        if found["markdown"] is None:
            raise MCPError(types.INVALID_PARAMS, "There is no such resource.", {"uri": asked.uri})
        text = types.TextResourceContents(uri=asked.uri, mime_type="text/markdown", text=found["markdown"])
        return types.ReadResourceResult(contents=[text])

    return read
