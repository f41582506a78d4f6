"""Parts of a made company, each by itself."""

import numpy as np
import pyarrow as pa

from bongsu.analyze.damping import ScreenContext
from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.red_flag import find_red_flags
from bongsu.facts.red_flag import load_red_flags
from bongsu.model.event import EVENT
from bongsu.rehearse.company_habit import Ways, draw_habits
from bongsu.rehearse.company_luck import draw_cast
from bongsu.rehearse.company_record import RecordWriter, person_id

EVERY_WAY = Ways(*[True] * len(Ways._fields))


def cast_of(people=3_000, seed=1):
    luck = np.random.default_rng(seed)
    return draw_habits(draw_cast(people, 40, luck), luck)


def ids(people):
    return {person_id(person) for person in people.tolist()}


def written(write, cast, *more, seed=1):
    """Rows that a part of the generator writes, behind a mailbox and a zone of everybody."""
    out = RecordWriter()
    for person in range(cast.people):
        out.add(person, "contact", "email", f"p{person}@mail.example")
        out.add(person, "work", "utc_offset", "-300")
    write(out, cast, *more, np.random.default_rng(seed))
    return out.rows


def flags_of(rows, *, listed=None):
    """Flag to the people who have an open hit of it, and those of strength high and more."""
    empty = {"latitude": None, "longitude": None, "source": "made"}
    stated = [empty | row | {"locator": place} for place, row in enumerate(rows, start=1)]
    index = EventIndex(pa.Table.from_pylist(stated, EVENT))
    found, strong = {}, {}
    for hit in find_red_flags(index, load_red_flags().values(), ScreenContext(listed=listed or {})):
        if not hit.explained:
            found.setdefault(hit.flag, set()).add(hit.subject)
            if hit.strength in {"high", "very_high"}:
                strong.setdefault(hit.flag, set()).add(hit.subject)
    return found, strong
