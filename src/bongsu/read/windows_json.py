"""Windows events as JSON: nested as the log service has them, Elastic's, Azure's, and flat ones of agents."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows, text_of
from bongsu.read.json_event import JsonEvent, Pairs, dotted, head_objects, json_events
from bongsu.read.windows_event import Split, flat_columns, split_event, windows_stream

_ALIASES = {
    "Channel": ("channel", "LogName", "log_name", "winlog.channel"),
    "EventID": ("EventId", "event_id", "EventCode", "winlog.event_id"),
    "Provider_Name": ("SourceName", "ProviderName", "EventSourceName", "source_name", "winlog.provider_name"),
    "Computer": ("Hostname", "ComputerName", "MachineName", "computer_name", "winlog.computer_name"),
    "EventRecordID": ("RecordNumber", "RecordId", "record_number", "winlog.record_id"),
}
"""What agents call the fields that the log service states."""
_TIMES = ("@timestamp", "TimeCreated", "UtcTime", "timestamp")
_OTHER_TIMES = ("TimeGenerated", "EventTime", "SystemTime")
_OWN = ("winlog.event_data.", "winlog.user_data.", "event_data.", "user_data.")
_WRAPPERS = ("_source", "result")
_DATA = re.compile(r'<Data(?:\s+Name="([^"]{0,200})")?\s*(?:/>|>([^<]*)</Data>)')
_DATE = re.compile(r"/Date\((-?\d{1,15})\)/")


def sniff(head: bytes) -> bool:
    """Whether one of the first objects is a Windows event."""
    found = head_objects(head)
    if found:
        return any(_is_event(_unwrapped(one)) for one in found)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start in {b"{", b"["} and b'"Channel"' in head and b'"EventID"' in head


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of events, one channel and event number each; the locator is the line or the element."""
    rows = EventRows(batch_rows, flat_columns)
    for event in json_events(file):
        _take(rows, event)
        if rows.full(event.size):
            yield from rows.take("windows")
    yield from rows.take("windows")


def _take(rows: EventRows, event: JsonEvent) -> None:
    if event.why:
        rows.reject(event.place, "bad_event", event.why)
        return
    try:
        stream, names, values = _split(_unwrapped(event.value))
    except (ValueError, RecursionError):
        rows.reject(event.place, "bad_event", _("the object is not a Windows event"))
        return
    rows.add(stream, names, (event.place, values))


def _unwrapped(value: Pairs) -> Pairs:
    return next((value[name] for name in _WRAPPERS if type(value.get(name)) is dict), value)


def _is_event(value: Pairs) -> bool:
    if type(value.get("Event")) is dict:
        return "System" in value["Event"]
    if type(value.get("System")) is dict:
        return "EventID" in value["System"]
    if type(value.get("winlog")) is dict:
        return "channel" in value["winlog"] or "event_id" in value["winlog"]
    known = value.keys()
    has = {name: name in known or any(alias in known for alias in _ALIASES[name]) for name in _ALIASES}
    numbered = has["EventID"] or ("Id" in known and "LogName" in known)
    return numbered and (has["Channel"] or (has["Provider_Name"] and has["Computer"]))


def _split(value: Pairs) -> Split:
    if type(value.get("Event")) is dict:
        return split_event(value["Event"])
    if type(value.get("System")) is dict:
        return split_event(value)
    if {dict, list} & set(map(type, value.values())):
        value = dotted(value)
    own = value.get("EventData")
    if type(own) is str and own.lstrip().startswith("<"):
        value = {**{name: one for name, one in value.items() if name != "EventData"}, **_data_of(own)}
    if not value:
        raise ValueError("no fields")
    names = _renamed(tuple(value))
    values = list(value.values())
    at = {name: place for place, name in enumerate(names)}
    if "TimeCreated" in at:
        values[at["TimeCreated"]] = _plain_date(values[at["TimeCreated"]])
    channel, number = (text_of(values[at[one]]) if one in at else "" for one in ("Channel", "EventID"))
    return windows_stream(channel or "", number or ""), names, tuple(values)


@lru_cache(maxsize=4096)
def _renamed(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns: fields of the log service under one name, whoever wrote them; no name twice."""
    present = set(names)
    new = {}
    for name, aliases in _ALIASES.items():
        known = next((alias for alias in aliases if alias in present), "")
        if known and name not in present:
            new[known] = name
    if "LogName" in present and "Id" in present and "EventID" not in {*present, *new.values()}:
        new["Id"] = "EventID"
    if not present.intersection(_TIMES):
        new.update({name: "TimeCreated" for name in _OTHER_TIMES if name in present and not new.get(name)})
    taken: set[str] = set()
    found = []
    for name in names:
        short = next((name.removeprefix(one) for one in _OWN if name.startswith(one)), name)
        wanted = new.get(name, short)
        clash = wanted in taken or (wanted != name and wanted in present)
        found.append(name if clash else wanted)
        taken.add(found[-1])
    return tuple(found)


def _data_of(text: str) -> Pairs:
    """Fields of an `EventData` element that is kept as text."""
    found: Pairs = {}
    for name, value in _DATA.findall(text):
        key = html.unescape(name) or "Data"
        plain = html.unescape(value)
        found[key] = f"{found[key]} {plain}" if key in found else plain
    return found


def _plain_date(value: Any) -> Any:  # noqa: ANN401
    if type(value) is str and value.startswith("/Date(") and (found := _DATE.fullmatch(value)):
        return found[1]
    return value
