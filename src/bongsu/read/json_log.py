"""Logs whose events are JSON objects: nested names are joined with dots, as rules are written in them."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows
from bongsu.read.json_event import JsonEvent, Pairs, dotted, head_objects, json_events

StreamOf = Callable[[Pairs], LogStream]


class JsonLog:
    """A reader of one service's events.

    Args:
        fits: Whether an object is an event of the service.
        stream: What an event is of, by its flat fields.
        time: Names of fields that say when, best first; the first one stated is repeated as `time`.
        whole: Names of nested fields that are also kept whole, as JSON: rules look into them as text.
        inner: Name of a field that may hold the event itself, as text or as an object.
    """

    def __init__(
        self,
        fits: Callable[[Pairs], bool],
        stream: StreamOf,
        *,
        time: Sequence[str] = (),
        whole: Sequence[str] = (),
        inner: str = "",
    ) -> None:
        self.fits = fits
        self.stream = stream
        self.time = tuple(time)
        self.whole = tuple(whole)
        self.inner = inner

    def sniff(self, head: bytes) -> bool:
        """Whether one of the first objects is an event of the service."""
        return any(self.fits(self._unwrapped(one)) for one in head_objects(head))

    def read(self, file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
        """Batches of events, one stream each; the locator is the line, or the element of a list."""
        rows = EventRows(batch_rows)
        product = self.stream({}).product
        for event in json_events(file):
            self._take(rows, event)
            if rows.full(event.size):
                yield from rows.take(product)
        yield from rows.take(product)

    def _take(self, rows: EventRows, event: JsonEvent) -> None:
        if event.why:
            rows.reject(event.place, "bad_event", event.why)
            return
        value = self._unwrapped(event.value)
        flat = dotted(value)
        for name in self.whole:
            if type(value.get(name)) in {dict, list} and value[name]:
                flat[name] = json.dumps(value[name], ensure_ascii=False)
        stated = next((flat[name] for name in self.time if name in flat), None)
        if stated is not None:
            flat["time"] = stated
        if flat:
            rows.add(self.stream(flat), tuple(flat), (event.place, tuple(flat.values())))
        else:
            rows.reject(event.place, "bad_event", _("the object states nothing"))

    def _unwrapped(self, value: Pairs) -> Pairs:
        inner = value.get(self.inner) if self.inner else None
        if type(inner) is str and inner.startswith("{"):
            try:
                inner = json.loads(inner)
            except (ValueError, RecursionError):
                return value
        return inner if type(inner) is dict else value
