import pyarrow as pa
import pyarrow.compute as pc
import pytest
from tests.data.person_rows import made_records, with_rows

from bongsu.analyze import linkage_model
from bongsu.analyze.linkage import LEAST_RECORDS, link_people, without_names_alone
from bongsu.analyze.linkage_feature import features_of
from bongsu.analyze.linkage_group import SURE_WEIGHT
from bongsu.analyze.linkage_model import rules_of
from bongsu.model.person import LINK, MEMBERSHIP
from bongsu.store.link_engine import open_link_engine

KOREAN = [
    {"record": "k1", "name": "김민수", "birth_date": "1990-04-05", "place": "town 3"},
    {"record": "k2", "name": "Kim Min-soo", "birth_date": "1990-04-05", "place": "town 3"},
    {"record": "k3", "name": "Kim Min-seo", "birth_date": "1971-11-30", "place": "town 9"},
]
NAMESAKES = [
    {"record": "n1", "given_name": "Quillon", "family_name": "Zephyrine", "birth_date": "1961-01-02"},
    {"record": "n2", "given_name": "Quillon", "family_name": "Zephyrine", "birth_date": "1994-12-24"},
]


@pytest.fixture(scope="module")
def linked():
    with open_link_engine() as engine:
        return link_people(with_rows(made_records(200), *KOREAN, *NAMESAKES), engine)


def test_records_of_one_person_are_one_group_and_no_other(linked):
    assert (linked.links.schema, linked.groups.schema) == (LINK, MEMBERSHIP)
    rows = [row for row in linked.groups.to_pylist() if row["record"].startswith("p")]
    assert all(row["record"][:5] == row["group"][:5] for row in rows)
    assert len(rows) > 540  # of 600


def test_a_name_in_hangul_and_in_latin_letters_is_linked_with_the_same_day_of_birth(linked):
    (link,) = linked.links.filter(pc.equal(linked.links["left"], "k1")).to_pylist()
    assert link["right"] == "k2"
    assert {"given", "family", "birth_date"} <= set(link["basis"].split(","))
    assert len(link["why"]) == len(link["basis"].split(","))


def test_a_name_alone_joins_nothing(linked):
    ends = {*linked.links["left"].to_pylist(), *linked.links["right"].to_pylist()}
    assert not ends & {"n1", "n2", "k3"}


def test_pairs_that_share_names_only_are_taken_out():
    columns = {"left": ["a", "b"], "mw_given": [5.0, 5.0], "mw_family": [7.0, 7.0], "mw_place": [-1.0, 2.0]}
    assert without_names_alone(pa.table(columns))["left"].to_pylist() == ["b"]


def test_a_link_of_likeness_is_never_strong(linked):
    weights = linked.links["weight"].to_pylist()
    expected = ["medium" if weight >= SURE_WEIGHT else "weak" for weight in weights]
    assert linked.links["strength"].to_pylist() == expected
    assert max(weights) > SURE_WEIGHT


def alike(**stated):
    """120 records; a function makes each value of its number."""
    rows = [{"record": f"r{n:03d}"} | {name: make(n) for name, make in stated.items()} for n in range(120)]
    return with_rows(made_records(0), *rows)


@pytest.mark.parametrize(
    "records",
    [
        made_records(LEAST_RECORDS // 3 - 1),
        made_records(150, copies=1),
        alike(),
        alike(email=lambda n: f"a{n // 2}@x.example"),
        alike(given_name=lambda n: f"ann{n // 3}", family_name=lambda n: "made"),
        alike(given_name=lambda n: "a", family_name=lambda n: "b", birth_date=lambda n: "1990-01-01"),
    ],
    ids=["few", "all different", "nothing stated", "mail only", "names only", "all the same"],
)
def test_where_nothing_can_be_learned_nothing_is_linked_and_said_so(records):
    with open_link_engine() as engine:
        found = link_people(records, engine)
    assert found.links.num_rows == found.groups.num_rows == 0
    assert "Too little" in found.note


def test_a_quote_in_a_name_is_a_sign_like_others():
    def day(number):
        return f"19{number // 3 + 10}-01-01"

    records = alike(given_name=lambda n: f"o'x{n // 3}", family_name=lambda n: 'ma";de', birth_date=day)
    with open_link_engine() as engine:
        found = link_people(records, engine)
    assert found.note == ""
    assert found.groups.num_rows == 120
    assert len(set(found.groups["group"].to_pylist())) == 40


def test_rules_that_are_left_out_are_said(monkeypatch):
    records = made_records(150)
    monkeypatch.setattr(linkage_model, "MOST_PAIRS", 390)
    with open_link_engine() as engine:
        found = link_people(records, engine)
    left_out = rules_of(features_of(records))[1]
    assert 0 < len(left_out) < 5
    assert all(", ".join(columns) in found.note for columns in left_out)
    assert found.links.num_rows > 0
