"""Which guesses a person allows, and what their measurements say of each."""

from typing import Any

from bongsu.analyze.heuristic import DEFAULT, HEURISTICS, PROVEN, verdict_text
from bongsu.analyze.heuristic_rate import load_rates
from bongsu.errors import InputError
from bongsu.model.text import _

ON, OFF = "on", "off"
Document = dict[str, Any]


def chosen_heuristics(text: str) -> frozenset[str]:
    """Names of the guesses that `on`, `off` or a list of names allows; what is proven is always among them.

    Args:
        text: Names with commas between them; `on` stands for those that are on by default.

    Raises:
        InputError: When a name is not known.
    """
    chosen = set(PROVEN)
    for name in (part.strip() for part in text.split(",") if part.strip()):
        if name == ON:
            chosen |= DEFAULT
        elif name in HEURISTICS:
            chosen.add(name)
        elif name != OFF:
            raise InputError(
                _("Cannot use heuristic {name}: it is not known.").format(name=name),
                hint=_("Known: {names}.").format(names=", ".join((ON, OFF, *HEURISTICS))),
            )
    return frozenset(chosen)


def heuristics_used(names: frozenset[str]) -> list[Document]:
    """What each heuristic that was allowed is worth, in the order of the list of all."""
    return [
        {
            "name": name,
            "verdict": verdict,
            "meaning": verdict_text(verdict),
            "measured": [one._asdict() for one in load_rates().get(name, ())],
        }
        for name, verdict in HEURISTICS.items()
        if name in names
    ]
