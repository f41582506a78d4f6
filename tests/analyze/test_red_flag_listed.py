import dataclasses
from datetime import timedelta

import pytest
from tests.data.event_rows import at, event, hits_of, sign_ins

from bongsu.analyze.damping import ScreenContext
from bongsu.model.label import Label


def label(address, category, source="Court, 1:25"):
    return Label(
        chain="eip155:*", address=address, name="Consolidation", category=category, entity="", source=source,
        confidence=90, valid_from=None, valid_to=None, license="",
    )  # fmt: skip


@pytest.mark.parametrize("category", ["sanctioned", "abuse", "theft"])
def test_a_listed_wallet_is_said_with_its_source(category):
    context = ScreenContext(labels=(label("0x1", category),))
    rows = [event("a", "payout", "wallet", "0x1"), event("b", "payout", "wallet", "0x2")]
    (hit,) = hits_of(*rows, flag="P04", context=context)
    assert (hit.subject, hit.strength) == ("a", "very_high")
    assert "Court, 1:25" in hit.why


@pytest.mark.parametrize("category", ["payer", "exchange", "contract", "other"])
def test_a_negative_label_is_never_a_hit_even_beside_another(category):
    rows = [event("a", "payout", "wallet", "0x1")]
    assert hits_of(*rows, flag="P04", context=ScreenContext(labels=(label("0x1", category),))) == []
    both = ScreenContext(labels=(label("0x1", category), label("0x1", "abuse")))
    assert len(hits_of(*rows, flag="P04", context=both)) == (category == "other")


def test_a_sanctions_listing_outweighs_what_somebody_calls_it_while_it_holds():
    rows = [event("a", "payout", "wallet", "0x1")]
    labels = (label("0x1", "mixer"), label("0x1", "sanctioned", "OFAC"))
    assert len(hits_of(*rows, flag="P04", context=ScreenContext(labels=labels))) == 1
    day = at().date()
    for found, more in (
        (0, {"valid_to": day - timedelta(days=1)}),
        (0, {"valid_from": day + timedelta(days=1)}),
        (1, {"valid_from": day, "valid_to": day}),
    ):
        dated = dataclasses.replace(labels[1], **more)
        assert len(hits_of(*rows, flag="P04", context=ScreenContext(labels=(dated,)))) == found
    lifted = dataclasses.replace(labels[1], valid_to=day - timedelta(days=1))
    untold = [rows[0] | {"time": None}]
    assert len(hits_of(*untold, flag="P04", context=ScreenContext(labels=(lifted,)))) == 1


def test_listed_contacts_and_addresses():
    listed = {("email", "a@b.example"): "S1", ("handle", "dev"): "S2", ("ip", "9.9.9.9"): "S3"}
    rows = [
        event("a", "contact", "email", "a@b.example"),
        event("b", "account", "handle", "dev"),
        event("c", "contact", "email", "other@b.example"),
        *sign_ins("d", "9.9.9.9", range(3)),
        *sign_ins("e", "8.8.8.8", range(3)),
    ]
    context = ScreenContext(listed=listed)
    found = {(hit.subject, hit.flag): hit.strength for hit in hits_of(*rows, context=context)}
    assert found == {("a", "A12"): "very_high", ("b", "A12"): "medium", ("d", "E04"): "medium"}
    assert hits_of(*rows) == []
