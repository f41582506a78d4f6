"""Records of a freelance platform to events.

What a row is about is said by it, or by the columns that it fills. Texts of bids are kept as hashes; of a
support request only whether it asks to go on under another account.
"""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.event import ACCEPTED, OTHER_ACCOUNT
from bongsu.normalize.passage import text_hash
from bongsu.normalize.record import Plan, Statement

ABOUT = {
    "payment": r"payment|transfer|funding",
    "payout": r"payout|withdraw",
    "suspension": r"suspen|ban|closed|restrict",
    "request": r"support|ticket|request|message",
    "bid": r"bid|proposal",
    "register": r"regist|sign.?up|account.?(open|creat)",
    "session": r"log.?in|sign.?in|session",
}
"""What a row is about to what its column `record` then holds; the first that fits."""
FILLED = {
    "payment": ("payee",),
    "request": ("request", "text"),
    "bid": ("project", "proposal"),
    "payout": ("wallet", "iban", "bank_account", "emoney"),
    "register": ("email", "phone", "agency"),
    "session": ("ip", "device"),
}
"""What a row is about to columns one of which it then fills; the first that fits."""
_OTHER = r"(?:another|other|different|new|second|friend'?s|colleague'?s|partner'?s|his|her)"
_SWAP = re.compile(
    rf"(?:use|switch|move|transfer|continue|proceed|work|swap|shift|reassign)\b.{{0,60}}\b"
    rf"{_OTHER}\s+(?:\w+\s+)?(?:account|profile|name)|(?:account|profile|name).{{0,12}}swap",
    re.IGNORECASE | re.DOTALL,
)
_WON = r"^(true|yes|1|won|hired|accepted|awarded)$"
_Column = Any
"""Column of text of Arrow."""


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows with columns that only a row of its kind fills."""
    texts = {name: _plain(rows[name]) for name in rows.column_names if name != "locator"}
    about = _about(texts)
    won = pc.match_substring_regex(pc.utf8_lower(pc.fill_null(texts["accepted"], "")), _WON)
    added = {f"is_{name}": _where(about, name, texts["account"]) for name in ABOUT}
    added |= {
        "to": _where(about, "payment", texts["payee"]),
        "paid": _where(about, "payment", texts["amount"]),
        "bid_text": _where(about, "bid", _hashed(texts["proposal"])),
        "bid_note": pc.if_else(won, ACCEPTED, ""),
        "asked": _where(about, "request", _asked(texts)),
        "to_account": pc.binary_join_element_wise(texts["routing"], texts["bank_account"], "/"),
        "to_chain": pc.coalesce(texts["chain"], pa.scalar("evm")),
    }
    for name, column in added.items():
        rows = rows.append_column(name, column)
    return rows


def _about(texts: dict[str, _Column]) -> _Column:
    """What each row is about."""
    record = pc.utf8_lower(pc.fill_null(texts["record"], ""))
    about = pa.scalar("", pa.string())
    for name, columns in reversed(FILLED.items()):
        filled = pc.is_valid(pc.coalesce(*(texts[column] for column in columns)))
        about = pc.if_else(filled, name, about)
    for name, form in reversed(ABOUT.items()):
        about = pc.if_else(pc.match_substring_regex(record, form), name, about)
    return about


def _plain(column: _Column) -> _Column:
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _where(about: _Column, name: str, column: _Column) -> _Column:
    return pc.if_else(pc.equal(about, name), column, pa.scalar(None, pa.string()))


def _hashed(column: _Column) -> _Column:
    """Hash of each text; a bid without one has the hash of none, an empty text."""
    return _mapped(column, lambda text: text_hash(text) or None)


def _asked(texts: dict[str, _Column]) -> _Column:
    """What a request asks for, without its words."""
    both = pc.binary_join_element_wise(
        pc.fill_null(texts["request"], ""), pc.fill_null(texts["text"], ""), "\n"
    )
    return _mapped(both, lambda text: OTHER_ACCOUNT if _SWAP.search(text.replace("_", " ")) else "something")


def _mapped(column: _Column, make: Any) -> _Column:  # noqa: ANN401
    found = [None if text is None else make(text) for text in column.to_pylist()]
    return pa.chunked_array([pa.array(found, pa.string())])


PLAN = Plan(
    subject=("account",),
    time="time",
    ip="ip",
    device="device",
    prepare=_prepare,
    statements=(
        Statement("register", "", "is_register"),
        Statement("session", "", "is_session"),
        Statement("suspension", "", "is_suspension"),
        Statement("bid", "", "is_bid", note="bid_note"),
        Statement("bid", "proposal", "bid_text", note="bid_note"),
        Statement("payment", "account", "to", note="paid"),
        Statement("request", "request", "asked"),
        Statement("contact", "email", "email"),
        Statement("contact", "phone", "phone", namespace="country"),
        Statement("work", "vendor", "agency"),
        Statement("payout", "wallet", "wallet", namespace="to_chain"),
        Statement("payout", "iban", "iban"),
        Statement("payout", "bank_account", "to_account"),
        Statement("payout", "emoney", "emoney", namespace="service"),
    ),
)
"""How records of a platform become events."""
