"""Words of a label: whose address it is, and what is forbidden there, or no longer."""

import pytest
from tests.data.trace_document import small

from bongsu.share.report_label import numbered_sources, only_listed, party_name, sanction_text, sanctions

IN_FORCE = {"name": "A: X", "source": "a", "listed": "2022-08-08", "delisted": None, "status": "listed"}
LIFTED = IN_FORCE | {"name": "B: X", "source": "b", "delisted": "2025-03-21", "status": "delisted"}


def label(*listings, category="mixer", entity_name=None):
    named = {"name": "a mixer", "entity_name": entity_name, "category": category, "source": "who says so"}
    return named | {"sanctions": list(listings)}


def test_party_is_what_the_address_is_not_what_a_list_says():
    assert party_name(label(IN_FORCE, LIFTED)) == "a mixer"
    assert party_name(label(entity_name="Mixer Ltd")) == "Mixer Ltd"
    assert party_name(None) == ""
    assert not only_listed(label(IN_FORCE))


def test_where_only_a_list_names_it_the_name_goes_when_the_listing_goes():
    assert party_name(label(IN_FORCE, category="sanctioned")) == "a mixer"
    assert party_name(label(LIFTED, category="sanctioned")) == ""
    assert only_listed(label(LIFTED, category="sanctioned"))


def test_listings_are_told_apart_by_status():
    both = label(IN_FORCE, LIFTED)
    assert (sanctions(both, "listed"), sanctions(both, "delisted")) == ([IN_FORCE], [LIFTED])
    assert sanctions(None, "listed") == []


@pytest.mark.parametrize(
    ("listing", "text"),
    [
        (IN_FORCE, "SANCTIONED since 2022-08-08: A: X"),
        (IN_FORCE | {"listed": None}, "SANCTIONED: A: X"),
        (LIFTED, "sanctions lifted 2025-03-21: B: X"),
    ],
)
def test_a_listing_says_whether_it_is_in_force(listing, text):
    assert sanction_text(listing) == text


def test_each_source_has_one_number_in_the_order_of_ends():
    ends = [{"label": label()}, {"label": None}, {"label": label(LIFTED)}, {"label": label(IN_FORCE)}]
    assert numbered_sources(ends) == {"who says so": "S1", "b": "S2", "a": "S3"}
    ends = small(ends=40)["endpoints"]
    assert len(set(numbered_sources(ends).values())) == len(numbered_sources(ends)) > 3
