"""One subject under the ids that several sources know it by: exact aliases that records state."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.event import CODED


def resolve_subjects(events: pa.Table) -> pa.Table:
    """The events with every alias of a subject replaced by its id.

    An alias is a mailbox, a serial of a laptop, an account or an id that an event of kind `alias` states. One
    that two subjects state says nothing and is left. Names are no aliases.

    Args:
        events: Schema `bongsu.model.event.EVENT`.
    """
    events = events.unify_dictionaries()
    owners = _owners(events)
    if not owners:
        return events
    column = events["subject"]
    chunks = [
        pa.DictionaryArray.from_arrays(
            chunk.indices, pa.array([owners.get(x, x) for x in chunk.dictionary.to_pylist()], pa.string())
        )
        for chunk in column.chunks
    ]
    place = events.schema.get_field_index("subject")
    return events.set_column(place, events.schema.field(place), pa.chunked_array(chunks, CODED))


def _owners(events: pa.Table) -> dict[str, str]:
    """Alias to the one subject that has it."""
    kinds = events["kind"].combine_chunks()
    kinds = kinds.chunk(0) if isinstance(kinds, pa.ChunkedArray) else kinds
    names = kinds.dictionary.to_pylist()
    if "alias" not in names:
        return {}
    stated = events.filter(pc.equal(events["kind"], "alias")).select(["subject", "value"])
    found: dict[str, set[str]] = {}
    for row in stated.to_pylist():
        found.setdefault(row["value"].casefold(), set()).add(row["subject"])
    hired = _hired(events) if found else set()
    owners = {alias: min(named) for alias, named in found.items() if len(named) == 1 and alias not in hired}
    return {alias: _last(owners, alias) for alias in owners}


def _last(owners: dict[str, str], alias: str) -> str:
    """Subject at the end of a chain: mailbox, application, employee."""
    seen = {alias}
    while (owner := owners.get(alias, alias)) not in seen:
        seen.add(owner)
        alias = owner
    return min(seen) if alias in owners else alias


def _hired(events: pa.Table) -> set[str]:
    """Ids of employees; who has the same text as an account elsewhere is not the account's owner for that."""
    stated = events.filter(pc.equal(events["kind"], "hire"))
    return {*stated["subject"].unique().to_pylist()} if stated.num_rows else set()
