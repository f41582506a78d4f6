"""The ends of a trace as CSV, for spreadsheets and scripts.

Amounts stand twice: in units of the asset, every decimal written out, and in base units. A spreadsheet
keeps 15 digits of a number; to the last base unit only this file and the trace document are exact.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from bongsu.model.amount import format_amount_plain
from bongsu.share.release import read_marking, require_release
from bongsu.share.report_label import sanction_text, sanctions
from bongsu.share.report_money import Document, Money, money_of
from bongsu.share.report_text import plain

_LABEL = ("name", "category", "entity", "entity_name", "legal_entity", "country", "source", "confidence")
_TRIGGERS = ("=", "+", "-", "@", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_csv(document: Document, target: Path | TextIO, *, recipient: str | None) -> None:
    """Nothing; a header and one line per end stand in the target afterwards.

    A file starts with a byte order mark, without which a spreadsheet misreads Korean; an open text
    stream gets none.

    Args:
        document: A trace document, schema bongsu.trace/1.
        target: File to write, or an open text stream.
        recipient: Id of the party that it is for; None keeps it on the owner's own screen or disk.

    Raises:
        ReleaseError: When the document's marking does not let it go to the recipient.
    """
    require_release(read_marking(document), recipient)
    text = _table(document)
    if isinstance(target, Path):
        target.write_bytes(text.encode("utf-8-sig"))
    else:
        target.write(text)


def guarded(value: object) -> str:
    """Text of a cell that no spreadsheet takes for a formula: a leading `'` where it would.

    Line breaks become spaces, and other control characters are shown as U+FFFD.
    """
    text = plain(" ".join(str(value).splitlines()).replace("\t", " "))
    return f"'{text}" if text.lstrip(" \u00a0\u3000\u200b\ufeff\ufffd'\"").startswith(_TRIGGERS) else text


def _table(document: Document) -> str:
    money, policies = money_of(document), document["method"]["policies"]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_header(policies))
    for end in document["endpoints"]:
        writer.writerow([guarded(cell) for cell in _row(document, end, policies, money)])
    return stream.getvalue()


def _header(policies: list[str]) -> list[str]:
    kinds = ("min", "max", *policies)
    return [
        *("tlp", "exercise", "case", "rank", "chain", "address", "shown", "asset", "symbol", "decimals"),
        *("stop", *(f"label_{key}" for key in _LABEL), "label_contradictions"),
        *("sanctioned", "sanctions", "sanctions_lifted"),
        *kinds,
        *(f"{kind}_base_units" for kind in kinds),
        *("bounds", "first_arrival", "last_arrival", "age_days", "hops"),
        *("actions", "holds_under_all"),
        *("weakest_confidence", "weakest_why", "product_percent", "product_statement"),
        *("path_kinds", "path_chains", "path_confidences", "in_flight_deposit_tx"),
    ]


def _row(document: Document, end: Document, policies: list[str], money: Money) -> list[Any]:
    label = end["label"] or {}
    decimals = money.decimals(end["asset"])
    units = [end["min"], end["max"], *(end["amount"].get(policy, "0") for policy in policies)]
    actions = [action for action in end["actions"] if action["kind"] != "none"]
    return [
        *(document["marking"]["tlp"], _flag(document["lead"]["exercise"]), document["lead"]["id"]),
        *(end["rank"], end["chain"], end["address"], end["shown"]),
        *(end["asset"], money.symbol(end["asset"]), decimals, end["stop"]),
        *(_blank(label.get(key)) for key in _LABEL),
        "; ".join(label.get("contradictions", [])),
        _flag(sanctions(end["label"], "listed")),
        *("; ".join(_listing(one) for one in sanctions(end["label"], s)) for s in ("listed", "delisted")),
        *(format_amount_plain(amount, decimals) for amount in units),
        *units,
        *(end["bounds"]["kind"], _blank(end["first_arrival"]), _blank(end["last_arrival"])),
        *(_blank(end["age_days"]), end["hops"]),
        "; ".join(f"{action['kind']}: {action['by']}" for action in actions),
        _flag(any(action["holds_under_all"] for action in actions)),
        *_sureness(end),
    ]


def _sureness(end: Document) -> list[Any]:
    """How sure the path to an end is, hop by hop, and what left over a bridge where it is in flight."""
    weakest, product = end["weakest_link"] or {}, end.get("product") or {}
    return [
        *(_blank(weakest.get(name)) for name in ("confidence", "why")),
        *(_blank(product.get(name)) for name in ("confidence", "statement")),
        *(_along(end, name) for name in ("kind", "chain", "confidence")),
        (end.get("bridge") or {}).get("deposit_tx", ""),
    ]


def _along(end: Document, name: str) -> str:
    """What the steps of a path say, one after the other."""
    return " ".join(str(step.get(name, "")) for step in end["path"])


def _listing(listing: Mapping[str, Any]) -> str:
    return f"{sanction_text(listing)} ({listing['source']})"


def _blank(value: object) -> object:
    return "" if value is None else value


def _flag(value: object) -> str:
    return "true" if value else "false"
