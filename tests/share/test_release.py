"""Who may have what: the whole table, and that doubt means no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.errors import ReleaseError
from bongsu.model.marking import PUBLIC, Marking, Tlp, strictest
from bongsu.share.release import may_release, read_marking, require_release

PARTY = st.sampled_from(["kr-nis", "us-fbi", "exchange-a", "partner-b"])
MARKINGS = st.builds(
    Marking, tlp=st.sampled_from(Tlp), releasable_to=st.none() | st.frozensets(PARTY, max_size=4)
)


def marked(tlp: Tlp, *parties: str, listed: bool = True) -> Marking:
    return Marking(tlp=tlp, releasable_to=frozenset(parties) if listed else None)


@pytest.mark.parametrize("tlp", Tlp)
def test_table(tlp):
    on_list, off_list, no_list = (
        may_release(marked(tlp, "us-fbi"), "us-fbi"),
        may_release(marked(tlp, "us-fbi"), "kr-nis"),
        may_release(marked(tlp, listed=False), "us-fbi"),
    )
    assert on_list == (tlp != Tlp.RED)
    assert off_list is False
    assert no_list == (tlp == Tlp.CLEAR)


@given(MARKINGS)
def test_own_screen_is_always_allowed(marking):
    assert may_release(marking, None)


@given(MARKINGS, MARKINGS, PARTY)
def test_derived_thing_goes_nowhere_that_its_sources_may_not(one, other, party):
    if may_release(strictest([one, other]), party):
        assert may_release(one, party)
        assert may_release(other, party)


def test_list_of_one_source_does_not_release_another_that_has_none():
    sources = [marked(Tlp.GREEN, listed=False), marked(Tlp.CLEAR, "us-fbi")]
    assert not may_release(sources[0], "us-fbi")
    assert not may_release(strictest(sources), "us-fbi")


@pytest.mark.parametrize("recipient", ["", " ", "\t\n", "*", "US-FBI", "us-fbi ", "us-fb"])
@pytest.mark.parametrize("tlp", Tlp)
def test_recipient_must_match_letter_by_letter(tlp, recipient):
    assert not may_release(marked(tlp, "us-fbi"), recipient)


@pytest.mark.parametrize("tlp", Tlp)
def test_blank_recipient_is_nobody_even_when_listed_or_public(tlp):
    assert not may_release(marked(tlp, "", " "), "")
    assert not may_release(marked(tlp, "", " "), " ")
    assert not may_release(PUBLIC, "")


@pytest.mark.parametrize("tlp", Tlp)
def test_empty_list_names_nobody(tlp):
    assert not may_release(marked(tlp), "us-fbi")


def test_number_that_is_no_label_is_refused():
    assert not may_release(Marking(tlp=7, releasable_to=None), "us-fbi")  # type: ignore[arg-type]
    assert not may_release(Marking(tlp=-1, releasable_to=frozenset({"us-fbi"})), "us-fbi")  # type: ignore[arg-type]


def test_refusal_names_label_and_recipient_but_no_other_party():
    with pytest.raises(ReleaseError, match=r"TLP:AMBER\+STRICT may not go to 'kr-nis'") as caught:
        require_release(marked(Tlp.AMBER_STRICT, "us-fbi"), "kr-nis")
    assert "us-fbi" not in str(caught.value) + caught.value.hint
    assert caught.value.hint


def test_red_says_why():
    with pytest.raises(ReleaseError) as caught:
        require_release(marked(Tlp.RED, "us-fbi"), "us-fbi")
    assert "TLP:RED" in caught.value.hint


def test_allowed_release_returns():
    require_release(PUBLIC, "anyone")
    require_release(marked(Tlp.RED), None)


@pytest.mark.parametrize("tlp", Tlp)
def test_marking_is_read_from_a_document(tlp):
    stated = {"tlp": tlp.label, "releasable_to": ["b", "a"]}
    assert read_marking({"marking": stated}) == Marking(tlp=tlp, releasable_to=frozenset({"a", "b"}))
    assert read_marking({"marking": stated | {"releasable_to": None}}).releasable_to is None


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"marking": None},
        {"marking": "TLP:CLEAR"},
        {"marking": {}},
        {"marking": {"tlp": "TLP:CLEAR"}},
        {"marking": {"tlp": "TLP:WHITE", "releasable_to": None}},
        {"marking": {"tlp": "tlp:clear", "releasable_to": None}},
        {"marking": {"tlp": "TLP:AMBER_STRICT", "releasable_to": None}},
        {"marking": {"tlp": None, "releasable_to": None}},
        {"marking": {"tlp": ["TLP:CLEAR"], "releasable_to": None}},
        {"marking": {"tlp": "TLP:GREEN", "releasable_to": "us-fbi"}},
        {"marking": {"tlp": "TLP:GREEN", "releasable_to": [1]}},
    ],
)
def test_marking_that_cannot_be_read_is_refused(document):
    with pytest.raises(ReleaseError, match="marking cannot be read"):
        read_marking(document)
