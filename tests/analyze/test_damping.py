"""What explains that people share something."""

import numpy as np
import pytest
from tests.data.event_rows import event, index_of

from bongsu.analyze.damping import MOST_SHARING, Damping, ScreenContext
from bongsu.model.label import Label


def people(count, *more):
    rows = [event(f"p{i:02}", "hire") for i in range(count)]
    index = index_of(*rows, *(event(f"p{i:02}", *what) for i in range(count) for what in more))
    return index, np.arange(count)


@pytest.mark.parametrize("kind", ["postal_address", "ip", "iban"])
def test_a_household_shares_what_is_at_home(kind):
    index, everybody = people(4, ("home", "postal_address", "1 main st"))
    damping = Damping(index, ScreenContext())
    assert "documents" in damping.explain(kind, "x", everybody)
    assert damping.explain("edid", "x", everybody) == ""


def test_one_documented_address_of_very_many_is_no_household():
    index, everybody = people(6, ("home", "postal_address", "1 main st"))
    assert Damping(index, ScreenContext()).explain("ip", "x", everybody) == ""


def test_a_vendor_that_the_records_name_explains_its_account():
    index, everybody = people(9, ("work", "vendor", "acme"))
    damping = Damping(index, ScreenContext())
    assert "vendor" in damping.explain("iban", "x", everybody)
    assert damping.explain("serial", "x", everybody) == ""


def test_a_hub_joins_nobody():
    index, everybody = people(MOST_SHARING + 1)
    damping = Damping(index, ScreenContext())
    assert "More than" in damping.explain("ip", "x", everybody)
    assert damping.explain("ip", "x", everybody[:-1]) == ""


def test_own_places_and_negative_labels():
    label = Label(
        chain="eip155:*", address="0x1", name="Hot wallet", category="exchange", entity="", source="s",
        confidence=50, valid_from=None, valid_to=None, license="",
    )  # fmt: skip
    index, everybody = people(5)
    damping = Damping(index, ScreenContext(labels=(label,), own_places=frozenset({"9 office rd"})))
    assert "exchange" in damping.explain("wallet", "0x1", everybody)
    assert "own" in damping.explain("postal_address", "9 office rd", everybody)
    assert damping.explain("wallet", "0x2", everybody) == ""


@pytest.mark.parametrize(("count", "strength"), [(2, "low"), (3, "low"), (4, "high")])
def test_two_or_three_alone_may_live_together(count, strength):
    index, everybody = people(count)
    damping = Damping(index, ScreenContext())
    assert damping.strength("ip", everybody, "high") == strength
    assert damping.strength("edid", everybody, "high") == "high"


def test_a_vendor_that_looks_like_a_front_explains_nothing():
    index = index_of(
        *(event(f"p{i}", "work", "vendor", "acme") for i in range(5)),
        event("acme", "company", "domain", "acme.example", day=-4000),
    )
    everybody = np.arange(5)
    assert "vendor" in Damping(index, ScreenContext()).explain("iban", "x", everybody)
    seized = ScreenContext(listed={("domain", "acme.example"): "a court"})
    assert Damping(index, seized).explain("iban", "x", everybody) == ""
