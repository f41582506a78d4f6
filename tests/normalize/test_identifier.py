import pyarrow as pa
import pytest

from bongsu.model.identifier import IDENTIFIER, IDENTIFIER_KINDS
from bongsu.model.reject import REJECT
from bongsu.normalize.identifier import RAW_IDENTIFIER, canonical_identifier, normalize_identifiers

GOOD = {
    "email": ("ann.made@gmail.com", ""),
    "phone": ("202 456 1111", "US"),
    "iban": ("DE89370400440532013000", ""),
    "bank_account": ("021000021/1234567", ""),
    "emoney": ("ann@company.example", "paypal"),
    "wallet": ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "eth"),
    "postal_address": ("12 Main Street, Springfield", ""),
    "serial": ("PF2X9Q7Z", ""),
    "usb": ("1d6b:0104", ""),
    "edid": ("GSM-5B09-ABC12345", ""),
    "mac": ("b8:27:eb:12:34:56", ""),
    "ip": ("8.8.8.8", ""),
    "domain": ("company.example", ""),
    "handle": ("quietheron42", "github"),
}


def raw(*rows):
    names = ("record", "kind", "namespace", "text", "source", "locator", "seen")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], RAW_IDENTIFIER)


@pytest.mark.parametrize("kind", IDENTIFIER_KINDS)
def test_every_kind_has_a_form(kind):
    assert canonical_identifier(kind, *GOOD[kind]).kind == kind


@pytest.mark.parametrize("kind", IDENTIFIER_KINDS)
def test_the_canonical_value_is_its_own_canonical_value(kind):
    first = canonical_identifier(kind, *GOOD[kind])
    assert canonical_identifier(kind, first.value, GOOD[kind][1]) == first


def test_an_unknown_kind_and_an_empty_value_are_refused():
    assert canonical_identifier("shoe_size", "42").rule == "unknown_kind"
    assert canonical_identifier("email", "  ").rule == "empty"


def test_each_row_becomes_an_identifier_or_a_reject():
    kept, rejects = normalize_identifiers(
        raw(
            ("r1", "email", "", "Ann.Made@gmail.com", "ab" * 32, 1, None),
            ("r2", "email", "", "nobody", "ab" * 32, 2, None),
            ("r3", "email", "", None, "ab" * 32, 3, None),
        )
    )
    assert (kept.schema, rejects.schema) == (IDENTIFIER, REJECT)
    (row,) = kept.to_pylist()
    assert (row["record"], row["value"], row["written"]) == ("r1", "annmade@gmail.com", "Ann.Made@gmail.com")
    assert [(r["rule"], r["locator"], r["source"]) for r in rejects.to_pylist()] == [
        ("bad_email", 2, "ab" * 32),
        ("empty", 3, "ab" * 32),
    ]
    assert "nobody" in rejects["message"][0].as_py()
