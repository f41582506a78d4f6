"""Decoders by topic."""

from collections import Counter

from bongsu.model.conversion import CONVERSION_KINDS
from bongsu.normalize.swap_event import DECODERS


def test_decoders_of_one_topic_differ_by_the_topics_of_their_logs():
    shared = [found for found in DECODERS.values() if len(found) > 1]
    assert len(shared) == 1
    for found in shared:
        assert max(Counter(one.declaration.topics for one in found).values()) == 1


def test_every_kind_of_conversion_has_a_decoder():
    kinds = {one.kind for found in DECODERS.values() for one in found}
    assert kinds == set(CONVERSION_KINDS)


def test_every_side_names_a_field_of_its_event():
    from bongsu.normalize.event_decoder import BACKING, COIN, EMITTER, ISSUED

    words = {"", BACKING, COIN, EMITTER, ISSUED}
    for found in DECODERS.values():
        for one in found:
            for leg in one.legs:
                named = {leg.account, leg.receiver, leg.venue}
                named |= {side.amount for side in (leg.given, leg.received)}
                named |= {side.asset for side in (leg.given, leg.received)}
                assert named - words <= set(one.declaration.places), one.declaration.text
