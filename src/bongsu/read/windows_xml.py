"""Windows and Sysmon events as XML: exports of the event viewer and of wevtutil, and Sysmon for Linux.

XML is taken apart by its tags alone: no entity is defined and nothing outside is looked up.
"""

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows
from bongsu.read.windows_event import flat_columns, split_event

CHUNK_BYTES = 4 * 1024 * 1024
MOST_EVENT = 16 * 1024 * 1024
"""Bytes of one event; a longer one is a reject."""
_TOKEN = re.compile(
    r"<\?[^<>]{0,2000}>"
    r"|<(?P<end>/?)(?P<name>[\w.:-]{1,200})(?P<attributes>(?:\s[^<>]{0,20000})?)(?P<empty>/?)>"
    r"|(?P<text>[^<]+)|<"
)
_ATTRIBUTE = re.compile(r"([\w.:-]{1,200})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_START = re.compile(rb"<Event[\s>]")
_END = b"</Event>"
_DEPTH = 50
SYSMON = {
    "1": "process_creation", "3": "network_connection", "5": "process_termination", "9": "raw_access_thread",
    "11": "file_event", "23": "file_delete",
}  # fmt: skip
"""Event of Sysmon for Linux to the category that rules name."""
Pairs = dict[str, Any]


def sniff(head: bytes) -> bool:
    """Whether it begins with an event, in a list or alone."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048]
    return start.startswith(b"<") and _START.search(start) is not None and b"<System>" in head[:8192]


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of events, one channel and event number each; the locator counts the events."""
    rows = EventRows(batch_rows, flat_columns)
    for place, event in enumerate(_events(file), start=1):
        try:
            rows_of = split_event(event_of_xml(event.decode("utf-8", "replace")))
        except ValueError as error:
            rows.reject(
                place, "bad_event", _("the event is not XML as Windows writes it: {why}").format(why=error)
            )
        else:
            rows.add(sysmon_stream(rows_of[0]), rows_of[1], (place, rows_of[2]))
        if rows.full(len(event)):
            yield from rows.take("windows")
    yield from rows.take("windows")


def _events(file: BinaryIO) -> Iterator[bytes]:
    """Text of each event, and what is left at the end."""
    held = b""
    while chunk := file.read(CHUNK_BYTES):
        *whole, held = (held + chunk).split(_END)
        yield from whole
        if len(held) > MOST_EVENT:
            yield held[:MOST_EVENT]
            held = b""
    if held.replace(b"</Events>", b"").strip():
        yield held


def sysmon_stream(stream: LogStream) -> LogStream:
    """The stream, or that of Linux and its category where it is Sysmon for Linux that states it."""
    if not stream.channel.startswith("Linux-Sysmon"):
        return stream
    category = SYSMON.get(stream.event_id, "")
    return stream._replace(product="linux", service="sysmon", category=category)


def event_of_xml(text: str) -> Pairs:
    """The last `Event` element of a text, its end left off or not, as nested names and values.

    Raises:
        ValueError: When there is none, or its elements do not nest.
    """
    start = max(text.rfind("<Event "), text.rfind("<Event>"))
    if start < 0:
        raise ValueError("<Event>")
    stack: list[tuple[str, Pairs]] = [("", {})]
    for token in _TOKEN.finditer(_plain(text[start:])):
        if token["name"]:
            _tag(stack, token)
        elif token["text"]:
            top = stack[-1][1]
            top["#text"] = top.get("#text", "") + html.unescape(token["text"])
    while len(stack) > 1:
        _close(stack)
    event = stack[0][1].get("Event")
    if not isinstance(event, dict):
        raise ValueError("<Event>")
    return event


def _plain(text: str) -> str:
    """The text without comments, and with marked sections written as other text is."""
    for begin, end in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        pieces = []
        at = 0
        while (opened := text.find(begin, at)) >= 0 and (closed := text.find(end, opened)) >= 0:
            inner = text[opened + len(begin) : closed] if begin == "<![CDATA[" else ""
            pieces += [text[at:opened], html.escape(inner)]
            at = closed + len(end)
        text = "".join([*pieces, text[at:]]) if pieces else text
    return text


def _tag(stack: list[tuple[str, Pairs]], token: re.Match[str]) -> None:
    name = token["name"]
    if token["end"]:
        if name not in {one for one, _element in stack}:
            raise ValueError(f"</{name}>")
        while _close(stack) != name:
            pass
        return
    if len(stack) > _DEPTH:
        raise ValueError(f"<{name}>")
    attributes = token["attributes"].removesuffix("/")
    found = {key: html.unescape(one or two) for key, one, two in _ATTRIBUTE.findall(attributes)}
    stack.append((name, {"#attributes": found} if found else {}))
    if token["empty"] or token["attributes"].endswith("/"):
        _close(stack)


def _close(stack: list[tuple[str, Pairs]]) -> str:
    name, element = stack.pop()
    text = element.get("#text")
    if text is not None and not text.strip() and (len(element) > 1 or "\n" in text):
        del element["#text"]
    value: Any = element.get("#text") if element.keys() <= {"#text"} else element
    around = stack[-1][1]
    if name not in around:
        around[name] = [value] if name == "Data" else value
    elif isinstance(around[name], list):
        around[name].append(value)
    else:
        around[name] = [around[name], value]
    return name
