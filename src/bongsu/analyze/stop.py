"""Why value is not followed further, and which term of the conservation equation it is in."""

STOPS = (
    "",
    "service",
    "bridge",
    "mixer",
    "burn",
    "fee",
    "conversion",
    "likely_service",
    "stop_at",
    "hops",
    "below_threshold",
    "unspent",
    "window_end",
    "ledger_end",
    "in_flight",
)
"""Stop by code; 0: followed through. Up to `hops` a pool stops because of what it is."""
CODE = {name: code for code, name in enumerate(STOPS)}

TERMS = {
    "service": "at_services",
    "bridge": "in_bridges",
    "in_flight": "in_bridges",
    "mixer": "in_mixers",
    "burn": "burned",
    "fee": "fees",
    "conversion": "converted_out",
    "unspent": "held",
    "ledger_end": "beyond_ledger",
}
"""Stop to term; what is in flight is in bridges. Other stops are parts of `not_followed`, by name."""
NOT_FOLLOWED = tuple(stop for stop in STOPS[1:] if stop not in TERMS)
