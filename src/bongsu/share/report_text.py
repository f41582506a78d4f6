"""Text that strangers wrote (labels, file names), made safe to show; and the words for codes."""

import re

from bongsu.model.text import _

_UNSHOWABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Text whose control and direction characters, which could disguise it, are shown as U+FFFD."""
    return _UNSHOWABLE.sub("\ufffd", text)


def interval_text(low: str, high: str) -> str:
    """`low – high`, or one of them when they are the same."""
    return low if low == high else f"{low} – {high}"


def chain_name(chain: str) -> str:
    """Name of a chain for a person; its CAIP-2 id when it has none here."""
    names = {
        "eip155:1": "Ethereum",
        "eip155:10": "OP Mainnet",
        "eip155:56": "BNB Smart Chain",
        "eip155:137": "Polygon",
        "eip155:1284": "Moonbeam",
        "eip155:2020": "Ronin",
        "eip155:8453": "Base",
        "eip155:42161": "Arbitrum One",
        "eip155:43114": "Avalanche C-Chain",
        "bip122:000000000019d6689c085ae165831e93": "Bitcoin",
        "tron:0x2b6653dc": "TRON",
    }
    return names.get(chain, chain)


def stop_name(stop: str) -> str:
    """What happened to value at an end, in words."""
    names = {
        "service": _("Custodial service"),
        "bridge": _("Bridge"),
        "in_flight": _("In flight over a bridge"),
        "mixer": _("Mixer"),
        "burn": _("Burned"),
        "fee": _("Fee"),
        "conversion": _("Converted to another asset"),
        "unspent": _("Still held at the address"),
        "window_end": _("Left after the time window"),
        "window": _("Left after the time window"),
        "ledger_end": _("Beyond the ledger"),
        "hops": _("Hop limit reached"),
        "below_threshold": _("Below the minimum"),
        "minimum": _("Below the minimum"),
        "likely_service": _("Likely a service (no label)"),
        "stop_at": _("Stopped there on request"),
        "not_followed": _("Not followed further"),
    }
    return names.get(stop, stop)


def stop_color(stop: str) -> str:
    """Color of a kind of end; the Okabe-Ito set, which color-blind readers can tell apart."""
    colors = {
        "service": "#0072B2",
        "bridge": "#E69F00",
        "in_flight": "#F0C75E",
        "mixer": "#CC79A7",
        "burn": "#3B3B3B",
        "fee": "#A6A6A6",
        "conversion": "#56B4E9",
        "unspent": "#009E73",
        "likely_service": "#7FA8C9",
    }
    return colors.get(stop, "#8C8C8C")


def action_name(kind: str) -> str:
    """What someone can do, in words."""
    names = {
        "account_hold": _("Hold the customer's account"),
        "issuer_freeze": _("Freeze the tokens (issuer)"),
        "delist": _("Refuse the address or route"),
        "reversal": _("Take the transfer back"),
        "monitor": _("Watch the address"),
        "none": _("No action known"),
    }
    return names.get(kind, kind)


def able_name(kind: str) -> str:
    """What a party can do that stops value, as the end of a sentence that names the party."""
    names = {
        "account_hold": _("can hold the account"),
        "issuer_freeze": _("can freeze the tokens"),
        "reversal": _("can take the transfer back"),
    }
    return names.get(kind, kind)


def term_name(term: str) -> str:
    """Name of a term of the conservation equation."""
    names = {
        "stolen": _("Stolen"),
        "converted_in": _("Converted in"),
        "held": _("Still held at addresses"),
        "at_services": _("At custodial services"),
        "in_bridges": _("In bridges"),
        "in_mixers": _("In mixers"),
        "burned": _("Burned"),
        "fees": _("Paid as fees"),
        "converted_out": _("Converted out"),
        "not_followed": _("Not followed"),
        "beyond_ledger": _("Beyond the ledger"),
        "unknown": _("Unknown origin (outside the sum)"),
    }
    return names.get(term, term)


def reason_name(reason: str) -> str:
    """What a known gap of the ledger lacks, in words."""
    names = {
        "needs_traces": _("transactions whose inner calls the source file does not hold"),
        "needs_receipts": _("transactions whose receipts the source file does not hold"),
        "needs_inputs": _("transactions whose inputs the source file does not hold"),
        "needs_height": _("coin-creating transactions whose block height the source file does not hold"),
        "needs_amount": _("movements whose amount the source file does not hold"),
    }
    return names.get(reason, reason)
