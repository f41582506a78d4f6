"""Windows events as nested JSON to flat columns, under the names that rules are written in.

What an event itself states keeps its own name: `EventData` and `UserData` lie at the top. What the log
service states is named by its element and attribute (`Provider_Name`, `Execution_ProcessID`), but for the
time. Where both state a name, the event's own stands and the other becomes `System_...`.

Most events are taken apart many at a time: `split_event` only tells their shape, and `flat_columns` goes into
objects column by column.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from bongsu.model.log import LogStream
from bongsu.read.event_rows import Columns, text_of

Pairs = dict[str, Any]
Split = tuple[LogStream, tuple[str, ...], tuple[Any, ...]]
OWN = "\x00own"
"""Stands between what the log service states and what the event states."""
_KEPT = frozenset({"TimeCreated", "Computer", "EventRecordID", "EventID"})
"""Names that the log service keeps; what the event says under them becomes `EventData_...`."""
_NAMES = {
    ("TimeCreated", "SystemTime"): "TimeCreated",
    ("EventID", "Value"): "EventID",
    ("Security", "UserId"): "Security_UserID",
}
_BESIDE = "_attributes"
_USUAL = frozenset({"#attributes", "System", "EventData"})
_DEPTH = 8
_GUID = 36
_REMEMBERED = 4096
_NAME_KEYS = ("Name", "@Name")
_TEXT_KEYS = ("#text", "Value", "Content", "text")


def split_event(event: Pairs) -> Split:
    """Stream of an `Event` element, and its names and values, which `flat_columns` makes flat.

    Raises:
        ValueError: When `System` is missing or is not an object.
    """
    system = event.get("System")
    if type(system) is not dict:
        raise ValueError("System")
    number = system.get("EventID")
    if type(number) is dict:
        number = number.get("#text", number.get("Value"))
    stream = windows_stream(text_of(system.get("Channel")) or "", text_of(number) or "")
    own = event.get("EventData")
    if (
        type(own) is not dict
        or not event.keys() <= _USUAL
        or "#attributes" in own
        or type(own.get("Data")) is list
    ):
        own = dict(_own_fields(event))
    return stream, (*system, OWN, *own), (*system.values(), None, *own.values())


@lru_cache(maxsize=_REMEMBERED)
def windows_stream(channel: str, event_id: str) -> LogStream:
    """Stream of a channel and a number of an event."""
    return LogStream("windows", channel=channel, event_id=event_id)


def flat_columns(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> Columns:
    """Columns by flat name, of events of one shape."""
    flat: Columns = {}
    if OWN not in names:
        return dict(zip(names, columns, strict=True))
    middle = names.index(OWN)
    for name, column in zip(names[:middle], columns, strict=False):
        _add_element(flat, name, column)
    for name, column in zip(names[middle + 1 :], columns[middle + 1 :], strict=True):
        if name in flat and name not in _KEPT:
            flat[f"System_{name}"] = flat[name]
        flat[f"EventData_{name}" if name in flat and name in _KEPT else name] = braced(name, column)
    return flat


def _add_element(flat: Columns, name: str, column: Sequence[Any]) -> None:
    """Columns of an element of `System`: of its text, and of each of its attributes."""
    kinds = set(map(type, column))
    if dict not in kinds:
        if kinds != {type(None)}:
            flat[name] = column
        return
    if name.endswith(_BESIDE):
        inner = [one if type(one) is dict else {} for one in column]
    else:
        elements = [one if type(one) is dict else {"#text": one} for one in column]
        inner = [_attributes(one) for one in elements]
        texts = [one.get("#text") for one in elements]
        if set(map(type, texts)) != {type(None)}:
            flat[name] = texts
    owner = name.removesuffix(_BESIDE)
    for attribute in dict.fromkeys(key for one in inner for key in one):
        found = [one.get(attribute) for one in inner]
        flat[_name(owner, attribute)] = braced(attribute, found)


def _attributes(element: Pairs) -> Pairs:
    found = element.get("#attributes")
    if type(found) is dict:
        return found
    return {key.removeprefix("@"): value for key, value in element.items() if key[:1] != "#"}


@lru_cache(maxsize=_REMEMBERED)
def _name(element: str, attribute: str) -> str:
    return _NAMES.get((element, attribute), f"{element}_{attribute}")


def braced(name: str, column: Sequence[Any]) -> Sequence[Any]:
    """The values; a bare GUID of a field that is named so is put in braces, as Windows writes it."""
    if name[-4:].lower() != "guid":
        return column
    return [f"{{{one}}}" if type(one) is str and len(one) == _GUID else one for one in column]


def _own_fields(event: Pairs) -> Iterator[tuple[str, Any]]:
    """What the event itself states: names and values of all its payloads."""
    for name, payload in event.items():
        if name == "System" or name[:1] in {"#", "@"}:
            continue
        if name.endswith(_BESIDE):
            yield from _noted_name(name.removesuffix(_BESIDE), payload)
        elif type(payload) is dict:
            yield from payload_fields(payload, name, 1)
        elif payload is not None:
            yield name, payload


def payload_fields(payload: Pairs, section: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Names and values of a payload; of objects in it, the names are joined but for the outermost."""
    for name, value in payload.items():
        if name == "#attributes":
            yield from _noted_name(section, value)
        elif name[:1] in {"#", "@"} or name.endswith(_BESIDE):
            continue
        elif name == "Data" and type(value) is list:
            yield from _listed(value)
        elif type(value) is dict and "#text" not in value and depth < _DEPTH:
            prefix = f"{name}_" if depth > 1 else ""
            yield from ((f"{prefix}{key}", one) for key, one in payload_fields(value, name, depth + 1))
        else:
            yield name, value


def _noted_name(section: str, attributes: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if type(attributes) is dict and "Name" in attributes:
        yield f"{section}_Name", attributes["Name"]


def _listed(listed: list[Any]) -> Iterator[tuple[str, Any]]:
    """Fields of a list of `Data` elements, each named by an attribute; nameless ones stay a list."""
    nameless = []
    for one in listed:
        inner = one if type(one) is dict else {"#text": one}
        known = _attributes(inner)
        name = next((known[key] for key in _NAME_KEYS if type(known.get(key)) is str), "")
        value = next((inner[key] for key in _TEXT_KEYS if key in inner), None)
        if name:
            yield name, value
        else:
            nameless.append(value)
    if nameless:
        yield "Data", nameless
