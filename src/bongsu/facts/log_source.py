"""What detection rules mean by a log source, in the terms that logs have: channels and numbers of events."""

from functools import cache
from typing import NamedTuple

from bongsu.facts.document import Document, read_documents
from bongsu.model.log import LogStream


class LogSources(NamedTuple):
    """Log sources of one product whose logs have channels."""

    services: dict[str, frozenset[str]]
    """Channel, in lower case, to the services that it is of."""
    categories: dict[tuple[str, str], frozenset[str]]
    """Channel in lower case and number of an event, to the categories that it is of."""
    fields: dict[str, dict[str, str]]
    """Number of an event, to what it calls the fields that rules call otherwise."""

    def names(self, stream: LogStream) -> frozenset[str]:
        """Services and categories that rules may call the stream."""
        channel = stream.channel.lower()
        none: frozenset[str] = frozenset()
        return self.services.get(channel, none) | self.categories.get((channel, stream.event_id), none)


def load_log_sources(product: str) -> LogSources | None:
    """Log sources of a product; None for one whose logs have no channels."""
    return _shipped().get(product)


def log_sources_of(document: Document) -> LogSources:
    """Log sources of one fact file.

    Raises:
        FactsError: When a table is missing.
    """
    body = document.body
    services: dict[str, frozenset[str]] = {}
    for name, channel in body.table("services"):
        services[channel.lower()] = services.get(channel.lower(), frozenset()) | {name}
    categories: dict[tuple[str, str], frozenset[str]] = {}
    for name, rest in body.table("categories"):
        number, _space, channel = rest.partition(" ")
        key = (channel.lower(), number)
        categories[key] = categories.get(key, frozenset()) | {name}
    rows = body.table("fields") if "fields" in body.values else []
    fields = {number: dict(pair.split("=", 1) for pair in rest.split()) for number, rest in rows}
    return LogSources(services, categories, fields)


@cache
def _shipped() -> dict[str, LogSources]:
    return {document.slug: log_sources_of(document) for document in read_documents("log_sources")}
