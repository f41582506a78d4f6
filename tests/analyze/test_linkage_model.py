import pyarrow as pa
import pytest
from tests.data.person_rows import made_records

from bongsu.analyze import linkage_model
from bongsu.analyze.linkage_feature import features_of
from bongsu.analyze.linkage_model import lessons_of, rules_of, stated_columns, weigh_pairs
from bongsu.store.link_engine import open_link_engine


@pytest.fixture(scope="module")
def features():
    return features_of(made_records(150))


def weighed(features):
    with open_link_engine() as engine:
        return weigh_pairs(features, engine)


def test_true_pairs_weigh_more_and_the_same_records_weigh_the_same(features):
    first = weighed(features)
    weights = {True: [], False: []}
    for pair in first.to_pylist():
        assert pair["left"] < pair["right"]
        weights[pair["left"][:5] == pair["right"][:5]].append(pair["weight"])
    assert len(weights[True]) > 400  # of 450
    assert min(sorted(weights[True])[10:]) > 3
    assert max(weights[False], default=-5) < 8
    again = weighed(features)
    assert again.select(["left", "right"]).equals(first.select(["left", "right"]))
    assert again["weight"].to_pylist() == pytest.approx(first["weight"].to_pylist(), abs=0.01)


def test_the_parts_of_a_weight_are_those_of_the_stated_columns(features):
    parts = {name for name in weighed(features.slice(0, 200)).column_names if name.startswith("mw_")}
    assert parts == {"mw_given", "mw_family", "mw_birth_date", "mw_place", "mw_postal_code"}


def test_a_column_that_few_state_is_not_compared(features):
    stated = stated_columns(features)
    assert "email" not in stated
    assert {"given", "family", "birth_date", "postal_area"} <= stated


def test_it_learns_from_the_pairs_that_the_columns_allow(features):
    assert lessons_of(features) == [("given", "family"), ("birth_date", "postal_code")]
    place = features.schema.get_field_index("postal_code")
    without_codes = features.set_column(place, features.schema.field(place), pa.nulls(450, pa.string()))
    assert lessons_of(without_codes) == [("given", "family"), ("birth_date", "place")]
    assert lessons_of(features.slice(0, 3)) == []


def test_a_rule_that_gives_too_many_pairs_is_left_out(features, monkeypatch):
    kept, large = rules_of(features)
    assert large == []
    assert ("email",) not in kept
    monkeypatch.setattr(linkage_model, "MOST_PAIRS", 0)
    readings = [columns for columns in kept if "readings" in columns]
    assert rules_of(features) == (readings, [columns for columns in kept if columns not in readings])
