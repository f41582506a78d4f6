"""A hit is worth what its kind, its sources, its age and its disputes allow, and says why."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.data.indicator_case import indicators_of

from bongsu.analyze.indicator_weight import WEAK, WEIGHTS, Seen, clusters_of, provider_of, weigh
from bongsu.model.indicator import INDICATOR_KINDS

DAY = datetime(2025, 6, 1, tzinfo=UTC)
SEEN = Seen(DAY, DAY, False)


def row(**more):
    stated = {"type": "domain", "value": "evil.com", "source": "one/x@1:a", "cluster": "Kimsuky"} | more
    (found,) = indicators_of(stated).to_pylist()
    return found


IN_DATE = {"first_seen": "2025-05-01", "last_seen": "2025-07-01"}


def test_every_kind_has_a_weight():
    assert set(WEIGHTS) == set(INDICATOR_KINDS)


def test_a_domain_in_date_is_a_medium_alert():
    found = weigh([row(**IN_DATE)], SEEN)
    assert (found.level, found.alert, found.confidence) == ("medium", True, 68)
    assert len(found.why) == 1


def test_a_surer_source_and_more_sources_are_worth_more():
    sure = weigh([row(confidence="100", **IN_DATE)], SEEN).confidence
    more = weigh([row(confidence="100", **IN_DATE), row(source="two/y", **IN_DATE)], SEEN).confidence
    same = weigh([row(confidence="100", **IN_DATE), row(source="one/x@1:b", **IN_DATE)], SEEN).confidence
    assert (sure, more, same) == (80, 85, 80)


def test_several_actors_or_none_are_worth_less():
    two = weigh([row(**IN_DATE), row(cluster="Lazarus", **IN_DATE)], SEEN)
    none = weigh([row(cluster="", **IN_DATE)], SEEN)
    assert (two.confidence, none.confidence) == (58, 63)
    assert "Kimsuky, Lazarus" in two.why[1]


@pytest.mark.parametrize("kind", ["1.2.3.4", "2a00::7", "1.2.3.0/24"])
def test_an_address_alone_is_never_more_than_weak(kind):
    rows = [row(type="ip", value=kind, confidence="100", source=f"s{i}", **IN_DATE) for i in range(9)]
    found = weigh(rows, SEEN)
    assert found.confidence <= WEAK
    assert found.level == "low"


@pytest.mark.parametrize(
    ("days", "alert", "lower"),
    [(0, True, 0), (20, True, 0), (100, True, 20), (179, True, 20), (181, False, 40)],
)
def test_out_of_validity_is_worth_less_and_far_out_never_alerts(days, alert, lower):
    late = datetime(2025, 7, 2, tzinfo=UTC) + timedelta(days=days)
    early = datetime(2025, 5, 1, tzinfo=UTC) - timedelta(days=days)
    for when in (late, early):
        found = weigh([row(**IN_DATE)], Seen(when, when, False))
        assert (found.alert, 68 - found.confidence) == (alert, lower), found


def test_age_without_an_end_is_worth_less_sooner_for_an_address():
    dates = {"first_seen": "2025-01-01"}
    domain = weigh([row(**dates)], SEEN)
    address = weigh([row(type="ip", value="1.2.3.4", **dates)], SEEN)
    old = weigh([row(first_seen="2020-01-01")], SEEN)
    assert (domain.confidence, address.confidence, old.confidence) == (68, 11, 53)


def test_missing_times_are_said():
    assert "no time" in weigh([row(**IN_DATE)], Seen(None, None, False)).why[1]
    assert "no source says when" in weigh([row()], SEEN).why[1]


def test_what_is_disputed_or_weak_never_alerts():
    benign = weigh([row(value="www.wikipedia.org", **IN_DATE)], SEEN)
    weak = weigh([row(type="url_path", value="/common/upload.php", **IN_DATE)], SEEN)
    assert (benign.level, benign.alert, benign.confidence) == ("informational", False, 10)
    assert (weak.level, weak.alert) == ("informational", False)
    assert weak.confidence <= WEAK
    one_disputes = weigh([row(**IN_DATE), row(**IN_DATE) | {"disputed": "owner disputes"}], SEEN)
    assert not one_disputes.alert


def test_actors_are_kept_apart_by_source():
    rows = [row(), row(source="two/y@2:b", cluster="APT43"), row(cluster="")]
    assert clusters_of(rows) == ("one/x: Kimsuky", "two/y: APT43")


@pytest.mark.parametrize(
    ("source", "provider"),
    [
        ("stamparm/maltrail@8a:apt_kimsuky", "stamparm/maltrail"),
        ("x:y", "x"),
        ("https://a.b/c", "https://a.b/c"),
    ],
)
def test_provider(source, provider):
    assert provider_of(source) == provider
