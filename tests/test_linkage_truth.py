"""Linkage on published truth, and personas among ordinary people; the data are read where they lie."""

import csv
import re
from collections import defaultdict

import pytest
from bench.linkage_people import ORDINARY, make_crowd, raw_rows
from bench.linkage_truth import (
    fake,
    group_score,
    historical,
    name_pairs,
    name_score,
    pair_score,
    stated_people,
)

from bongsu.analyze.linkage import link_people
from bongsu.analyze.linkage_exact import exact_links, joined_records
from bongsu.analyze.name_match import NAME_THRESHOLD, name_likeness
from bongsu.analyze.same_person import weigh_stated
from bongsu.model.label import NEGATIVE, Label
from bongsu.normalize.identifier import normalize_identifiers
from bongsu.normalize.identifier_handle import is_generic_handle
from bongsu.store.link_engine import open_link_engine

CHOSEN_ON, OTHER = 0, 1
HANDLE = re.compile(r"handle (\S+?),? (?:not at one known platform )?\(")
CATEGORY = {"victim_payer": "payer", "token_contract": "contract", "service_hot_wallet": "exchange"}


def linked(truth):
    with open_link_engine() as engine:
        return link_people(truth.records, engine)


def test_historical_persons(real_data):
    """Weights of groups were chosen on one half of the clusters; this is the other."""
    truth = historical()
    found = linked(truth)
    groups = group_score(truth, found.groups, OTHER)
    assert groups.precision >= 0.98
    assert groups.f1 > 0.80
    pairs = pair_score(truth, found.links["left"].to_pylist(), found.links["right"].to_pylist(), OTHER)
    assert pairs.precision >= 0.98
    assert pairs.f1 > 0.70


def test_made_persons(real_data):
    """Nothing was chosen on these."""
    truth = fake()
    groups = linked(truth).groups
    for half in (CHOSEN_ON, OTHER):
        score = group_score(truth, groups, half)
        assert score.f1 > 0.80
        assert score.precision >= 0.98


def test_fixed_weights_seldom_pair_two_persons(real_data):
    """Nothing was chosen on these; few pairs are found, for most records differ in what is compared."""
    for truth, least in ((fake(), 0.1), (historical(), 0.1)):
        pairs, note = weigh_stated(stated_people(truth))
        assert note == ""
        for half in (CHOSEN_ON, OTHER):
            score = pair_score(truth, [one.left for one in pairs], [one.right for one in pairs], half)
            assert score.precision >= 0.99
            assert score.recall > least


def test_names_of_the_published_list(real_data):
    """The threshold was chosen on one half of the list; this is the other, and all of it."""
    pairs = name_pairs()
    likeness = {(p.left, p.right): name_likeness(p.left, p.right) for p in pairs}
    other = [pair for pair in pairs if pair.half == OTHER]
    assert name_score(other, likeness, NAME_THRESHOLD).f1 > 0.80
    assert name_score(pairs, likeness, NAME_THRESHOLD).f1 > 0.80


@pytest.fixture(scope="module")
def crowd(real_data):
    """The personas, and 100,000 ordinary people who look like them."""
    return make_crowd()


@pytest.fixture(scope="module")
def shared(crowd):
    return crowd.shared()


def test_every_identifier_of_the_crowd_is_read(crowd):
    assert crowd.rejects.num_rows == 0
    assert crowd.identifiers.num_rows > 4 * ORDINARY
    assert len(set(crowd.identifiers["record"].to_pylist())) == ORDINARY + len(crowd.ids)


def test_every_pair_of_personas_that_shares_an_identifier_is_found(crowd, shared):
    wanted = crowd.wanted()
    found = set(zip(shared.links["left"].to_pylist(), shared.links["right"].to_pylist(), strict=True))
    assert len(wanted) >= 10
    assert wanted <= found


def test_no_ordinary_person_is_joined_to_a_persona(crowd, shared):
    kinds = defaultdict(set)
    for row in joined_records(shared.links).to_pylist():
        kinds[row["group"]].add(row["record"] in crowd.ids)
    assert kinds
    assert all(len(kind) == 1 for kind in kinds.values())


def test_a_generic_handle_alone_is_weak_and_many_share_one_with_a_persona(crowd, shared):
    rows = crowd.identifiers.to_pylist()
    generic = {row["value"] for row in rows if row["kind"] == "handle" and is_generic_handle(row["value"])}
    links = shared.links.to_pylist()
    alone = [row for row in links if all(said(why) in generic for why in row["why"])]
    assert len(alone) > 100
    assert {row["strength"] for row in alone} == {"weak"}
    mixed = [row for row in links if (row["left"] in crowd.ids) != (row["right"] in crowd.ids)]
    assert {row["strength"] for row in mixed} == {"weak", "medium"}


def said(why):
    """Handle that a reason names; empty for another kind."""
    found = HANDLE.search(why)
    return found[1] if found else ""


def test_no_negative_label_joins_anybody(real_data):
    text = (real_data / "itworkers" / "doj_forfeiture_wallets.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    negative = [row for row in rows if row["event"].startswith("NEGATIVE LABEL")]
    listed = [row for row in rows if row not in negative]
    assert len(negative) == 8
    labels = [
        Label(
            chain="eip155:*",
            address=row["address"],
            name=row["event"],
            category=CATEGORY[row["role"]],
            entity="",
            source=row["source"],
            confidence=80,
            valid_from=None,
            valid_to=None,
            license="",
        )
        for row in negative
    ]
    assert {label.category for label in labels} <= NEGATIVE
    people = [(f"{who}-{n}", row) for n, row in enumerate(rows) for who in ("payee", "other")]
    stated = raw_rows([(who, "wallet", row["chain"], row["address"]) for who, row in people])
    identifiers, rejects = normalize_identifiers(stated)
    assert rejects.num_rows == 0
    found = exact_links(identifiers, leads=frozenset(who for who, _row in people), labels=labels)
    assert found.links.num_rows == len(listed)
    why = " ".join(reason for reasons in found.links["why"].to_pylist() for reason in reasons)
    assert not any(row["address"].lower() in why for row in negative)
    assert {hub["value"] for hub in found.hubs.to_pylist()} == {row["address"].lower() for row in negative}
