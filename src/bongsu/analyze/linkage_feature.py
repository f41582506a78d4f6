"""What the model of linkage compares of a record: plain words, parts of dates, codes and mail names."""

import re
from collections.abc import Callable

import pyarrow as pa

from bongsu.analyze.latin_letters import to_latin
from bongsu.analyze.person_name import korean_readings
from bongsu.model.person import PERSON_RECORD

FEATURE = pa.schema(
    [
        pa.field("record", pa.string(), nullable=False),
        pa.field("given", pa.string()),
        pa.field("family", pa.string()),
        pa.field("given_initial", pa.string()),
        pa.field("birth_date", pa.string()),
        pa.field("birth_year", pa.string()),
        pa.field("place", pa.string()),
        pa.field("postal_code", pa.string()),
        pa.field("postal_area", pa.string()),
        pa.field("occupation", pa.string()),
        pa.field("email", pa.string()),
        pa.field("mailbox", pa.string()),
        pa.field("readings", pa.list_(pa.string())),
    ]
)
"""Features of many records; null: not stated."""
_SIGNS = re.compile(r"[^\w]+")


def features_of(records: pa.Table) -> pa.Table:
    """Features of records, in their order: schema FEATURE.

    Args:
        records: Schema `bongsu.model.person.PERSON_RECORD`, a row a record.
    """
    columns = {name: records[name].to_pylist() for name in PERSON_RECORD.names}
    names = [_parts(*parts) for parts in zip(*_name_columns(columns), strict=True)]
    birth = _mapped(columns["birth_date"], str.strip)
    postal = _mapped(columns["postal_code"], lambda text: " ".join(text.lower().split()))
    email = _mapped(columns["email"], lambda text: text.strip().lower())
    found = {
        "record": columns["record"],
        "given": [given for given, _family in names],
        "family": [family for _given, family in names],
        "given_initial": [given[:1] if given else None for given, _family in names],
        "birth_date": birth,
        "birth_year": [day[:4] if day else None for day in birth],
        "place": _mapped(columns["place"], _plain),
        "postal_code": postal,
        "postal_area": [code.split()[0][:4] if code else None for code in postal],
        "occupation": _mapped(columns["occupation"], _plain),
        "email": email,
        "mailbox": [text.partition("@")[0] if text else None for text in email],
        "readings": _readings(*_name_columns(columns)),
    }
    return pa.table({field.name: pa.array(found[field.name], field.type) for field in FEATURE}, FEATURE)


def _name_columns(columns: dict[str, list[str]]) -> tuple[list[str], list[str], list[str]]:
    return columns["given_name"], columns["family_name"], columns["name"]


def _parts(given: str, family: str, name: str) -> tuple[str | None, str | None]:
    """Given and family name in plain letters; of a full name the first and the last word."""
    if given or family:
        return _plain(given) or None, _plain(family) or None
    words = _plain(name).split()
    return (words[0] if words else None), (words[-1] if len(words) > 1 else None)


def _readings(given: list[str], family: list[str], name: list[str]) -> list[tuple[str, ...] | None]:
    """Hangul that each name may stand for; null where it is not read as Korean."""
    rows = zip(given, family, name, strict=True)
    return [korean_readings(f"{f}, {g}" if g and f else n or f"{f}{g}") or None for g, f, n in rows]


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", to_latin(text)).strip()


def _mapped(values: list[str], change: Callable[[str], str]) -> list[str | None]:
    """Each value changed; each distinct one once; null where nothing is left."""
    known = {value: change(value) or None for value in set(values)}
    return [known[value] for value in values]
