"""A record of a person, and what joins two records: never a statement that they are the same person."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """What one row of a source says of a person; empty text: not stated."""

    record: str = column("id of the record, unique over all sources")
    name: str = column("full name as written, in any script")
    given_name: str = column("given name where the source has it apart")
    family_name: str = column("family name where the source has it apart")
    birth_date: str = column("day of birth, YYYY-MM-DD", source="ISO 8601")
    place: str = column("town or region as written")
    postal_code: str = column("postal code as written")
    occupation: str = column("occupation as written")
    email: str = column("mail address as written")


PERSON_RECORD = pa.schema(
    [
        arrow_field(PersonRecord, "record", pa.string()),
        arrow_field(PersonRecord, "name", pa.string()),
        arrow_field(PersonRecord, "given_name", pa.string()),
        arrow_field(PersonRecord, "family_name", pa.string()),
        arrow_field(PersonRecord, "birth_date", pa.string()),
        arrow_field(PersonRecord, "place", pa.string()),
        arrow_field(PersonRecord, "postal_code", pa.string()),
        arrow_field(PersonRecord, "occupation", pa.string()),
        arrow_field(PersonRecord, "email", pa.string()),
    ]
)
"""Many records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two records may belong to one person, account or device; a person judges it."""

    left: str = column("id of a record; the smaller of the two")
    right: str = column("id of another record")
    method: str = column("method@version that joined them")
    basis: str = column("what they share, as kind, or kind and namespace with a slash; several with a comma")
    strength: str = column("one of bongsu.model.identifier.STRENGTHS")
    weight: float = column("match weight in bits of the probabilistic model; 0 for equal identifiers")
    why: tuple[str, ...] = column("reasons, one sentence each")


LINK = pa.schema(
    [
        arrow_field(Link, "left", pa.string()),
        arrow_field(Link, "right", pa.string()),
        arrow_field(Link, "method", pa.string()),
        arrow_field(Link, "basis", pa.string()),
        arrow_field(Link, "strength", pa.string()),
        arrow_field(Link, "weight", pa.float64()),
        arrow_field(Link, "why", pa.list_(pa.string())),
    ]
)
"""Many links, sorted by left and right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Which records a method puts together: laid over the records, never part of them."""

    record: str = column("id of a record")
    group: str = column("smallest record id of its group; a name, no more than that")
    method: str = column("method@version that made the group")


MEMBERSHIP = pa.schema(
    [
        arrow_field(Membership, "record", pa.string()),
        arrow_field(Membership, "group", pa.string()),
        arrow_field(Membership, "method", pa.string()),
    ]
)
"""Records in groups of two and more, sorted by record; records that are alone are not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """An identifier that so many records share that it joins none of them."""

    kind: str = column("one of bongsu.model.identifier.IDENTIFIER_KINDS")
    namespace: str = column("whose values these are")
    value: str = column("canonical value")
    records: int = column("how many records state it", unit="records")
    why: str = column("why it joins nothing")


HUB = pa.schema(
    [
        arrow_field(Hub, "kind", pa.string()),
        arrow_field(Hub, "namespace", pa.string()),
        arrow_field(Hub, "value", pa.string()),
        arrow_field(Hub, "records", pa.int64()),
        arrow_field(Hub, "why", pa.string()),
    ]
)
"""Many hubs, sorted by kind, namespace and value."""
