"""Each model noun has two shapes that agree: a dataclass and an Arrow schema."""

import dataclasses

import pytest

from bongsu.model import (
    asn,
    asset,
    bridge,
    cluster,
    conversion,
    converter,
    duty,
    event,
    evidence,
    finding,
    gap,
    identifier,
    incident,
    indicator,
    issuer,
    label,
    marking,
    movement,
    person,
    pool,
    red_flag,
    reject,
    sanction,
    service,
    sighting,
    transfer,
)  # fmt: skip
from bongsu.model.marking import Marking, Tlp, strictest

SHAPES = [
    (asn.AsnPrefix, asn.ASN_PREFIX),
    (asset.Asset, asset.ASSET),
    (bridge.Bridge, bridge.BRIDGE),
    (bridge.BridgeChain, bridge.BRIDGE_CHAIN),
    (bridge.BridgeContract, bridge.BRIDGE_CONTRACT),
    (bridge.BridgeEvent, bridge.BRIDGE_EVENT),
    (bridge.BridgeLink, bridge.BRIDGE_LINK),
    (bridge.BridgeSignature, bridge.BRIDGE_SIGNATURE),
    (cluster.Member, cluster.MEMBER),
    (conversion.ConversionEvent, conversion.CONVERSION),
    (converter.Converter, converter.CONVERTER),
    (event.Event, event.EVENT),
    (evidence.Evidence, evidence.EVIDENCE),
    (finding.Finding, finding.FINDING),
    (gap.Gap, gap.GAP),
    (identifier.Identifier, identifier.IDENTIFIER),
    (duty.Duty, duty.DUTY),
    (incident.Incident, incident.INCIDENT),
    (indicator.Indicator, indicator.INDICATOR),
    (issuer.Issuer, issuer.ISSUER),
    (label.Label, label.LABEL),
    (marking.Marking, marking.MARKING),
    (movement.Movement, movement.MOVEMENT),
    (person.Hub, person.HUB),
    (person.Link, person.LINK),
    (person.Membership, person.MEMBERSHIP),
    (person.PersonRecord, person.PERSON_RECORD),
    (pool.Pool, pool.POOL),
    (red_flag.FlagHit, red_flag.FLAG_HIT),
    (red_flag.RedFlag, red_flag.RED_FLAG),
    (reject.Reject, reject.REJECT),
    (sanction.Sanction, sanction.SANCTION),
    (service.Service, service.SERVICE),
    (sighting.Sighting, sighting.SIGHTING),
    (transfer.Transfer, transfer.TRANSFER),
]


@pytest.mark.parametrize(("row", "schema"), SHAPES, ids=lambda shape: getattr(shape, "__name__", ""))
def test_dataclass_and_schema_agree(row, schema):
    fields = dataclasses.fields(row)
    assert [f.name for f in fields] == schema.names
    for declared in fields:
        column = schema.field(declared.name)
        assert column.metadata[b"doc"].decode() == declared.metadata["doc"]
        assert column.nullable == ("None" in str(declared.type))


def test_a_derived_object_has_the_strictest_marking():
    wide = Marking(tlp=Tlp.GREEN, releasable_to=frozenset({"us", "kr"}))
    narrow = Marking(tlp=Tlp.AMBER, releasable_to=frozenset({"kr", "jp"}))
    open_list = Marking(tlp=Tlp.CLEAR, releasable_to=None)
    expected = Marking(tlp=Tlp.AMBER, releasable_to=frozenset({"kr"}))
    assert strictest([wide, narrow, open_list]) == expected
    assert strictest([]) == marking.PUBLIC


def test_asset_ids_have_the_standard_form():
    assert all(asset.is_asset_id(a.id) for a in (asset.ETHER, asset.BITCOIN_COIN))
    assert not asset.is_asset_id("ETH")
