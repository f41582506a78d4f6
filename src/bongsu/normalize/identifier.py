"""Identifiers as sources write them to canonical values and rejects; nothing is dropped."""

from collections.abc import Callable

import pyarrow as pa

from bongsu.model.identifier import IDENTIFIER, IDENTIFIER_KINDS, Canonical
from bongsu.model.reject import REJECT
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.identifier_account import canonical_bank_account, canonical_emoney, canonical_iban
from bongsu.normalize.identifier_device import (
    canonical_edid,
    canonical_mac,
    canonical_serial,
    canonical_usb,
)
from bongsu.normalize.identifier_handle import canonical_handle
from bongsu.normalize.identifier_mail import canonical_email
from bongsu.normalize.identifier_network import canonical_domain, canonical_ip
from bongsu.normalize.identifier_phone import canonical_phone
from bongsu.normalize.identifier_place import canonical_postal_address
from bongsu.normalize.identifier_wallet import canonical_wallet

RAW_IDENTIFIER = pa.schema(
    [
        pa.field("record", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("namespace", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=True),
        pa.field("source", pa.string(), nullable=False),
        pa.field("locator", pa.int64(), nullable=False),
        pa.field("seen", IDENTIFIER.field("seen").type),
    ]
)
"""Identifiers as written; `namespace` is the chain, platform, service or, for a phone, the country."""

_PLAIN: dict[str, Callable[[str], Canonical | Fault]] = {
    "email": canonical_email,
    "iban": canonical_iban,
    "bank_account": canonical_bank_account,
    "postal_address": canonical_postal_address,
    "serial": canonical_serial,
    "usb": canonical_usb,
    "edid": canonical_edid,
    "mac": canonical_mac,
    "ip": canonical_ip,
    "domain": canonical_domain,
}
_SPACED: dict[str, Callable[[str, str], Canonical | Fault]] = {
    "phone": canonical_phone,
    "emoney": canonical_emoney,
    "wallet": canonical_wallet,
    "handle": canonical_handle,
}
_SHOWN = 80


def canonical_identifier(kind: str, text: str, namespace: str = "") -> Canonical | Fault:
    """Canonical value of an identifier, or why it is none.

    Args:
        kind: One of `bongsu.model.identifier.IDENTIFIER_KINDS`.
        text: The value as written.
        namespace: Chain of a wallet, platform of a handle, service of e-money, country of a phone.

    Raises:
        MissingExtraError: When a phone needs the extra `screen`.
    """
    if not text.strip():
        return Fault("empty", _("it is empty"))
    if kind in _PLAIN:
        return _PLAIN[kind](text)
    if kind in _SPACED:
        return _SPACED[kind](text, namespace)
    known = ", ".join(IDENTIFIER_KINDS)
    return Fault("unknown_kind", _("{kind} is none of {known}").format(kind=kind, known=known))


def normalize_identifiers(raw: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Identifiers and rejects of raw rows: schemas IDENTIFIER and REJECT; each row becomes one of the two.

    Args:
        raw: Rows of the schema RAW_IDENTIFIER.

    Raises:
        MissingExtraError: When a phone needs the extra `screen`.
    """
    kept, rejects = [], []
    for row in raw.to_pylist():
        text = row["text"] or ""
        found = canonical_identifier(row["kind"], text, row["namespace"])
        place = {"source": row["source"], "locator": row["locator"]}
        if isinstance(found, Fault):
            message = f"{row['kind']} {text[:_SHOWN]}: {found.why}"
            rejects.append(place | {"rule": found.rule, "message": message})
        else:
            stated = {"record": row["record"], "written": text, "seen": row["seen"]}
            kept.append(place | stated | found._asdict())
    return pa.Table.from_pylist(kept, IDENTIFIER), pa.Table.from_pylist(rejects, REJECT)
