"""A token issuer: who can make a token immovable, and whom to write to."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues one token, on the chains where its contract is established."""

    id: str = column("slug of the issuer")
    assets: tuple[str, ...] = column("asset ids of the token, one per chain", source="CAIP-19")
    symbol: str = column("symbol as the issuer writes it; never used to recognize an asset")
    decimals: int = column("base units = 10**decimals", range="0..36")
    legal_entity: str | None = column("company that issues it; null: not established")
    country: str | None = column("country of that company", source="ISO 3166-1 alpha-2")
    entity_note: str = column("why the company or the country is null, or who else has a say")
    can_freeze: bool = column("true: the contract is known to let the issuer block an address")
    can_burn_reissue: bool = column(
        "true: the issuer is known to be able to destroy blocked tokens and issue them anew"
    )
    route: str = column("public contact for authorities; empty: none known")
    authority: str = column("what the issuer asks for before it acts, as it says itself; empty: not stated")
    source: str = column("where this is from: publisher and document or URL")
    confidence: int = column("0..100, STIX scale")


ISSUER = pa.schema(
    [
        arrow_field(Issuer, "id", pa.string()),
        arrow_field(Issuer, "assets", pa.list_(pa.string())),
        arrow_field(Issuer, "symbol", pa.string()),
        arrow_field(Issuer, "decimals", pa.int8()),
        arrow_field(Issuer, "legal_entity", pa.string(), nullable=True),
        arrow_field(Issuer, "country", pa.string(), nullable=True),
        arrow_field(Issuer, "entity_note", pa.string()),
        arrow_field(Issuer, "can_freeze", pa.bool_()),
        arrow_field(Issuer, "can_burn_reissue", pa.bool_()),
        arrow_field(Issuer, "route", pa.string()),
        arrow_field(Issuer, "authority", pa.string()),
        arrow_field(Issuer, "source", pa.string()),
        arrow_field(Issuer, "confidence", pa.int8()),
    ]
)
"""Many issuers."""
