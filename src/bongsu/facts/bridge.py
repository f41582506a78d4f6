"""Bridges from their fact files, the labels of their contracts, and whether their events read as stated."""

from collections.abc import Iterator

from bongsu.facts.document import Document, Fields
from bongsu.model.abi import Declaration, parse_declaration, parse_reference, place_of, topic_of
from bongsu.model.bridge import (
    DIRECTIONS,
    FEES,
    Bridge,
    BridgeChain,
    BridgeContract,
    BridgeSignature,
)
from bongsu.model.label import Label
from bongsu.model.text import _

NOT_ESTABLISHED = "not established"
"""What stands for the contracts of a bridge where no source names any."""
SPECIAL = frozenset({"@chain", "@tx", "@emitter", "@moved", "@native"})
"""References to what is not in a log's values."""


def read_bridge(document: Document) -> Bridge:
    """Bridge of one fact file.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    fields = document.body.part("bridge")
    return Bridge(
        id=document.slug,
        name=fields.text("name"),
        service=fields.text("service", ""),
        linked_by=fields.text("linked_by"),
        fee=fields.choice("fee", FEES),
        fee_basis_points=fields.whole("fee_basis_points") if fields.values.get("fee_basis_points") else None,
        fee_note=fields.text("fee_note"),
        finality=fields.text("finality"),
        evm_numbers=fields.flag("evm_numbers"),
        chains=tuple(BridgeChain(number=number, chain=chain) for number, chain in _chains(fields)),
        contracts=tuple(_contracts(document)),
        signatures=tuple(_signature(document, part) for part in document.body.parts("events")),
        source=document.source,
        confidence=document.confidence,
    )


def bridge_labels(document: Document, bridge: Bridge) -> list[Label]:
    """Labels of the contracts that the bridge's file names."""
    return [
        Label(
            chain=found.chain,
            address=found.address,
            name=found.name,
            category="bridge",
            entity=bridge.service,
            source=found.source,
            confidence=found.confidence,
            valid_from=None,
            valid_to=None,
            license=document.license,
        )
        for found in bridge.contracts
    ]


def signature_faults(bridge: Bridge) -> Iterator[str]:
    """What is wrong with the events of a bridge: topics, references, and chains without a number."""
    for signature in bridge.signatures:
        try:
            declaration = parse_declaration(signature.declaration)
        except ValueError:
            yield _("{declaration} is no declaration of an event.").format(declaration=signature.declaration)
            continue
        if topic_of(declaration.signature) != signature.topic:
            yield _("{topic} is not the topic of {signature}.").format(
                topic=signature.topic, signature=declaration.signature
            )
        for reference in references_of(signature):
            if not _stands(declaration, reference):
                yield _("{name} has no value {reference}.").format(name=declaration.name, reference=reference)


def references_of(signature: BridgeSignature) -> list[str]:
    """References to values of the log that an event's facts make."""
    plain = [
        signature.asset,
        signature.asset_chain,
        signature.amount,
        signature.sender,
        signature.beneficiary,
        signature.other_chain,
        signature.other_asset,
        signature.memo,
        signature.when.partition("=")[0],
    ]
    found = [*plain, *signature.transfer_id, *signature.contracts, *signature.accounts]
    return [text for text in found if text and not text.startswith("=")]


def _stands(declaration: Declaration, text: str) -> bool:
    if text in SPECIAL:
        return True
    try:
        place_of(declaration, parse_reference(text).path)
    except (KeyError, ValueError):
        return False
    return True


def _chains(fields: Fields) -> list[tuple[str, str]]:
    return fields.table("chains") if "chains" in fields.values else []


def _contracts(document: Document) -> Iterator[BridgeContract]:
    if document.body.values.get("contracts") == NOT_ESTABLISHED:
        return
    for part in document.body.parts("contracts"):
        chain, asset = part.text("chain"), part.text("asset", "")
        source = part.text("source", document.source)
        account = "accounts" in part.values and part.flag("accounts")
        for address, name in part.table():
            yield BridgeContract(
                chain=chain,
                address=address,
                name=name,
                asset=asset,
                account=account,
                confidence=part.whole("confidence", document.confidence),
                source=source,
            )


def _signature(document: Document, part: Fields) -> BridgeSignature:
    decimals = part.values.get("amount_decimals")
    return BridgeSignature(
        declaration=part.text("declaration"),
        topic=part.text("topic"),
        direction=part.choice("direction", DIRECTIONS),
        transfer_id=part.texts("transfer_id"),
        asset=part.text("asset", ""),
        asset_chain=part.text("asset_chain", ""),
        amount=part.text("amount", ""),
        amount_decimals=None if decimals is None else part.whole("amount_decimals"),
        sender=part.text("sender", ""),
        beneficiary=part.text("beneficiary", ""),
        other_chain=part.text("other_chain", ""),
        other_asset=part.text("other_asset", ""),
        memo=part.text("memo", ""),
        contracts=part.texts("contracts"),
        accounts=part.texts("accounts"),
        when=part.text("when", ""),
        confidence=part.whole("confidence", document.confidence),
        source=part.text("source", document.source),
    )
