"""Contracts that turn one asset into another, from their fact files."""

from functools import cache

from bongsu.facts.document import Document, Fields, read_documents
from bongsu.model.asset import is_asset_id
from bongsu.model.converter import ROLES, Converter
from bongsu.model.text import _


def converters_of(document: Document) -> list[Converter]:
    """Converters of one fact file.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    return [_converter(part, document.source) for part in document.body.parts("converters")]


@cache
def load_converters() -> dict[tuple[str, str], Converter]:
    """Converters by chain and contract."""
    found = [one for document in read_documents("converters") for one in converters_of(document)]
    return {(one.chain, one.address): one for one in found}


def _converter(part: Fields, source: str) -> Converter:
    role = part.choice("role", ROLES)
    asset, backing = part.optional("asset"), part.optional("backing")
    if role != "exchange" and (asset is None or backing is None):
        part.refuse("asset", _("and backing must be stated for this role"))
    for one in (asset, backing):
        if one is not None and not is_asset_id(one):
            part.refuse("", _("has {asset}, which is no CAIP-19 id").format(asset=one))
    return Converter(
        chain=part.text("chain"),
        address=part.text("address"),
        protocol=part.text("protocol"),
        role=role,
        asset=asset,
        backing=backing,
        source=part.text("source", source),
    )
