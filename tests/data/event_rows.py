"""Events written for one test."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from bongsu.analyze.damping import ScreenContext
from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.red_flag import find_red_flags
from bongsu.facts.red_flag import load_red_flags
from bongsu.model.event import EVENT

START = datetime(2026, 1, 5, 15, tzinfo=UTC)
PLAIN = {"thing": "", "value": "", "ip": "", "device": "", "latitude": None, "longitude": None, "note": ""}


def at(days=0.0):
    return START + timedelta(days=days)


def event(subject, kind, thing="", value="", *, day=0.0, **more):
    stated = {
        "subject": subject,
        "kind": kind,
        "thing": thing,
        "value": value,
        "time": at(day),
        "source": "a" * 64,
    }
    return PLAIN | stated | {"locator": 1} | more


def events(*rows):
    return pa.Table.from_pylist([row | {"locator": i} for i, row in enumerate(rows, start=1)], EVENT)


def index_of(*rows):
    return EventIndex(events(*rows))


def hits_of(*rows, flag=None, context=None):
    """Hits of the shipped rules, or of one of them."""
    found = find_red_flags(index_of(*rows), load_red_flags().values(), context or ScreenContext())
    return [hit for hit in found if flag is None or hit.flag == flag]


def subjects(hits, *, explained=False):
    return sorted({hit.subject for hit in hits if bool(hit.explained) == explained})


def sign_ins(subject, ip, days, **more):
    return [event(subject, "sign_in", day=day, ip=ip, **more) for day in days]
