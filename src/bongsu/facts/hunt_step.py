"""What to do next about a sighting, by the tactic of its technique."""

from functools import cache

from bongsu.facts.document import read_documents


def next_steps_of(tactics: tuple[str, ...]) -> tuple[str, ...]:
    """Steps for tactics, each once, the general ones last.

    Args:
        tactics: ATT&CK tactics, as words with underscores; one that is not known has no step of its own.
    """
    known = _steps()
    found = [step for tactic in (*tactics, "any") for step in known.get(tactic, ())]
    return tuple(dict.fromkeys(found))


@cache
def _steps() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for document in read_documents("hunt_steps"):
        for tactic, step in document.body.table("steps"):
            found[tactic] = (*found.get(tactic, ()), step)
    return found
