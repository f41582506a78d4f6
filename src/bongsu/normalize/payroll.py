"""Payments to events: the account, wallet or platform that pay goes to."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.record import Plan, Statement

_WALLET = "^(0x[0-9a-fA-F]{40}|[13LMT][1-9A-HJ-NP-Za-km-z]{25,34}|(bc1|ltc1)[0-9a-z]{20,80})$"
_IBAN = "^[A-Z]{2}[0-9]{2}[ A-Z0-9]{11,42}$"


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows whose destination stands in the column of its kind, with a chain for each wallet."""
    none = pa.scalar(None, pa.string())
    texts = {name: rows[name].cast(pa.string()) for name in rows.column_names if name != "locator"}
    goes = pc.utf8_trim_whitespace(texts["destination"])
    wallet = pc.coalesce(texts["wallet"], pc.if_else(pc.match_substring_regex(goes, _WALLET), goes, none))
    iban = pc.coalesce(texts["iban"], pc.if_else(pc.match_substring_regex(goes, _IBAN), goes, none))
    account = pc.coalesce(texts["account"], goes)
    added = {
        "to_wallet": wallet,
        "to_chain": pc.coalesce(texts["chain"], _chain_of(wallet)),
        "to_iban": iban,
        "to_account": pc.binary_join_element_wise(texts["routing"], account, "/"),
    }
    for name, column in added.items():
        rows = rows.append_column(name, column)
    return rows


def _chain_of(wallet: pa.ChunkedArray) -> pa.ChunkedArray:
    """Short name of the chain that the form of an address tells."""
    text = pc.fill_null(wallet, "")
    light = pc.match_substring_regex(text, "^(L|M|ltc1)")
    other = pc.if_else(light, "ltc", pc.if_else(pc.starts_with(text, "T"), "tron", "btc"))
    return pc.if_else(pc.starts_with(pc.utf8_lower(text), "0x"), "evm", other)


PLAN = Plan(
    subject=("employee",),
    time="paid",
    prepare=_prepare,
    statements=(
        Statement("payout", "wallet", "to_wallet", namespace="to_chain"),
        Statement("payout", "iban", "to_iban"),
        Statement("payout", "bank_account", "to_account"),
        Statement("payout", "emoney", "emoney", namespace="service"),
    ),
)
"""How payments become events."""
