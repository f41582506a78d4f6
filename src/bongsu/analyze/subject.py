"""One subject under the ids that several sources know it by: exact aliases that records state."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.event import CODED


def resolve_subjects(events: pa.Table) -> pa.Table:
    """The events with every alias of a subject replaced by its id.

    An alias is a mailbox, a serial of a laptop or an id that an event of kind `alias` states. One that two
    subjects state says nothing and is left. Names are no aliases.

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
    return {alias: min(owners) for alias, owners in found.items() if len(owners) == 1}
