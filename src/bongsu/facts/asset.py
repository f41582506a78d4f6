"""Genuine assets and token issuers from their fact files. A token is known by its contract alone."""

from bongsu.facts.document import Document, Fields
from bongsu.model.asset import Asset, is_asset_id
from bongsu.model.issuer import Issuer
from bongsu.model.text import _

MAX_DECIMALS = 36


def assets_of(document: Document) -> list[Asset]:
    """Assets of one fact file; a line is an asset reference, its decimals and its symbol.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    return [_asset(part, *row) for part in document.body.parts("assets") for row in part.table()]


def issuers_of(document: Document) -> list[Issuer]:
    """Issuers of one fact file, one per token.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    fields = document.body.part("issuer")
    legal, country, note = fields.company()
    return [
        Issuer(
            id=document.slug,
            assets=tuple(_asset_id(part, asset) for asset in part.texts("assets")),
            symbol=part.text("symbol"),
            decimals=part.whole("decimals"),
            legal_entity=legal,
            country=country,
            entity_note=note,
            can_freeze=part.flag("can_freeze"),
            can_burn_reissue=part.flag("can_burn_reissue"),
            route=fields.text("route", ""),
            authority=fields.text("authority", ""),
            source=part.text("source", document.source),
            confidence=document.confidence,
        )
        for part in document.body.parts("tokens")
    ]


def issued_assets(issuer: Issuer) -> list[Asset]:
    """Assets of an issuer's token, one per chain."""
    return [
        Asset(id=asset, symbol=issuer.symbol, decimals=issuer.decimals, valuation=False)
        for asset in issuer.assets
    ]


def _asset(part: Fields, reference: str, rest: str) -> Asset:
    decimals, _space, symbol = rest.partition(" ")
    asset = _asset_id(part, part.text("prefix") + reference)
    if not decimals.isdecimal() or int(decimals) > MAX_DECIMALS or not symbol:
        part.refuse("table", _("has no decimals and symbol for {asset}").format(asset=asset))
    return Asset(id=asset, symbol=symbol.strip(), decimals=int(decimals), valuation=False)


def _asset_id(part: Fields, asset: str) -> str:
    if not is_asset_id(asset):
        part.refuse("", _("has {asset}, which is no CAIP-19 id").format(asset=asset))
    return asset
