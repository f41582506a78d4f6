"""A screening: records of people to cases for a person, and the networks behind them."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from bongsu.analyze.damping import ScreenContext
from bongsu.analyze.egress import Egress
from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.network import find_clusters, find_vendors
from bongsu.analyze.red_flag import find_red_flags
from bongsu.analyze.referral import find_referrals
from bongsu.analyze.subject import resolve_subjects
from bongsu.app.jobs.screen_asn import read_networks
from bongsu.app.jobs.screen_document import screen_document
from bongsu.app.jobs.screen_duty import demand_countries, duties_document
from bongsu.app.jobs.screen_found import Screened
from bongsu.app.jobs.screen_intake import (
    Progress,
    ReadRecords,
    ScreenRequest,
    context_of,
    read_events,
    withheld_values,
)
from bongsu.app.jobs.screen_likeness import as_edges, find_likeness
from bongsu.errors import InputError
from bongsu.facts.red_flag import load_red_flags
from bongsu.model.marking import Marking, Tlp
from bongsu.model.text import _

PERSONAL = Marking(tlp=Tlp.AMBER_STRICT, releasable_to=None)
"""Marking of what is about people, unless its owner states another."""
Clock = Callable[[], datetime]


def screen_events(events: pa.Table, context: ScreenContext | None = None) -> Screened:
    """Hits, referrals, clusters and vendors of events, schema `bongsu.model.event.EVENT`.

    Cost: some 140 bytes and 2 microseconds an event.
    """
    flags = load_red_flags()
    index = EventIndex(resolve_subjects(events))
    known = context or ScreenContext()
    hits = find_red_flags(index, flags.values(), known)
    clusters = find_clusters(hits, _stated(index, "employer"))
    placed: dict[str, set[str]] = {}
    for person, names in _stated(index, "vendor").items():
        for name in names:
            placed.setdefault(name, set()).add(person)
    vendors = find_vendors(clusters, {name: frozenset(people) for name, people in placed.items()})
    egress = None if known.networks is None else Egress(index, known.networks)
    return Screened(index, hits, find_referrals(hits, flags), clusters, vendors, egress=egress)


def run_screen(
    request: ScreenRequest,
    *,
    marking: Marking = PERSONAL,
    progress: Progress = lambda path, rows: None,
    clock: Clock = lambda: datetime.now(UTC),
) -> dict[str, Any]:
    """Document `bongsu.screen/1` of a screening of files.

    Raises:
        InputError: When a file cannot be read, or holds nothing to screen, or a country's law is not known.
        FormatError: When no source fits a file.
    """
    demand_countries(request.countries)
    events, files = read_events(request, progress)
    if not events.num_rows:
        raise InputError(
            _("Cannot screen: the files state nothing that could be used."),
            hint=_("See what is read of a file with `bongsu screen init FILE`."),
        )
    sources, made = {one.sha256: one.path.name for one in files}, clock()
    context, more = _context(request)
    context = dataclasses.replace(context, as_of=int(made.timestamp()) * 1_000_000)
    found = screen_events(events, context)
    found = found._replace(likeness=find_likeness(request, files, events, found.records))
    document = screen_document(
        found, events, sources=sources, marking=marking, made=made, withheld=withheld_values(context)
    )
    duties = duties_document(request.countries, made.date())
    return document | {"files": [one.document() for one in (*files, *more)], "duties": duties}


def path_between(request: ScreenRequest, one: str, other: str) -> list[dict[str, Any]]:
    """Steps that join two people, or a person and a thing, in files.

    Raises:
        InputError: When nothing joins them.
    """
    events, files = read_events(request, lambda path, rows: None)
    found = screen_events(events, _context(request)[0])
    guessed = as_edges(find_likeness(request, files, events, found.records))
    steps = found.explain_path(one, other, guessed)
    if not steps:
        raise InputError(
            _("Cannot explain a path from {one} to {other}: nothing joins them.").format(
                one=one, other=other
            ),
            hint=_("Write a person as its id, and a thing as its kind, a blank and its value."),
        )
    return steps


def _context(request: ScreenRequest) -> tuple[ScreenContext, list[ReadRecords]]:
    """What the user knows beside the records, and counts of the table of networks where there is one."""
    if request.asn is None:
        return context_of(request), []
    networks, counts = read_networks(request.asn)
    return dataclasses.replace(context_of(request), networks=networks), [counts]


def _stated(index: EventIndex, thing: str) -> dict[str, frozenset[str]]:
    """Person to what the records state of their work."""
    return {
        index.subject.texts[subject]: frozenset(index.value.texts[value] for value in values)
        for subject, values in index.values_of(index.rows("work", thing)).items()
    }
