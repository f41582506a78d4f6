"""Every heuristic with what its measurement says: on by default, or off and why.

`python -m bench heuristics` measures each on real data with decoys and prints docs/reference/heuristics.md; a
test compares this table with it. Off: at chance level, wrong too often, too few cases, or not measurable.
"""

from bongsu.model.text import _

VERDICTS = ("above_chance", "fact", "self_tested", "chance", "imprecise", "unproven", "unmeasured")
"""What a measurement says; the first three are on."""
ON = frozenset(VERDICTS[:3])

HEURISTICS = {
    "coinjoin": "above_chance",
    "coinjoin_outputs": "above_chance",
    "coinjoin_pair": "chance",
    "mixer_pool": "fact",
    "mixer_lead": "self_tested",
    "peel_chain": "above_chance",
    "peel_chain_account": "above_chance",
    "fan_out": "chance",
    "fan_in": "chance",
    "scatter_gather": "imprecise",
    "layering_depth": "fact",
    "pass_through": "above_chance",
    "dormancy": "chance",
    "structured_amounts": "above_chance",
    "cycle": "above_chance",
    "deposit_reuse": "above_chance",
    "deposit_account": "imprecise",
    "address_poisoning": "above_chance",
    "bridge_id": "above_chance",
    "bridge_score": "above_chance",
    "conversion_label": "above_chance",
    "conversion_guess": "above_chance",
    "cospend": "unmeasured",
    "change": "unproven",
    "change_address_type": "above_chance",
    "change_round_amount": "above_chance",
    "change_optimal_change": "unproven",
    "change_one_time": "unproven",
}
"""Verdict on each heuristic by its name. Rules of change are votes: two must agree before one is a join."""

DEFAULT = frozenset(name for name, verdict in HEURISTICS.items() if verdict in ON)
"""What runs unless asked otherwise."""
PROVEN = frozenset({"bridge_id"} | {name for name, verdict in HEURISTICS.items() if verdict == "fact"})
"""What is read off the data and needs no guess: both sides carry one id. It stays when guesses are off."""


def is_on(name: str) -> bool:
    """Whether a heuristic runs unless asked otherwise.

    Raises:
        KeyError: When there is no such heuristic.
    """
    return HEURISTICS[name] in ON


def verdict_text(verdict: str) -> str:
    """What a verdict means, as a person reads it."""
    return {
        "above_chance": _("on: clearly above what chance gives in decoys"),
        "fact": _("on: read off the ledger, nothing is guessed"),
        "self_tested": _("on: speaks only where it beats its own decoys in the ledger at hand"),
        "chance": _("off: no better than chance in decoys"),
        "imprecise": _("off: wrong too often, or half of it is chance"),
        "unproven": _("off: too few cases to tell it from chance"),
        "unmeasured": _("off: no data at hand can measure it"),
    }[verdict]
