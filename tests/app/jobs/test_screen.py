"""A screening of files."""

import csv
import importlib.resources
import itertools
import json
from datetime import UTC, datetime

import jsonschema
import numpy as np
import pytest
from tests.data.person_file import write_csv
from tests.data.screen_case import write_company
from tests.data.screen_source import FLAGS, write_sources

from bongsu.analyze.damping import ScreenContext
from bongsu.app.jobs.screen import path_between, run_screen, screen_events
from bongsu.app.jobs.screen_intake import ScreenRequest, context_of, read_events
from bongsu.errors import InputError
from bongsu.rehearse.company import make_company
from bongsu.rehearse.company_score import score_company

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECRETS = [(f"N{i}", f"B{i}", f"L{i}", f"S{i}", f"C{i}") for i in range(5)]


def screened(*files, **more):
    return run_screen(ScreenRequest(files=files, **more), clock=lambda: NOW)


def test_people_who_share_a_place_and_an_account_are_referred(tmp_path):
    found = screened(*write_company(tmp_path))
    assert [(one["subject"], one["kind"]) for one in found["referrals"]] == [
        (f"e{n}", "person") for n in range(1, 5)
    ]
    assert found["referrals"][0]["families"] == ["money", "place"]
    (network,) = found["networks"]
    assert (network["referred"], network["others"], network["employers"]) == (
        ["e1", "e2", "e3", "e4"],
        0,
        ["one inc"],
    )
    assert found["made"] == "2026-03-01T00:00:00+00:00"


def test_what_the_law_asks_stands_beside_the_cases(tmp_path):
    found = screened(*write_company(tmp_path), countries=("kr",))
    assert {one["country"] for one in found["duties"]} == {"KR"}
    assert screened(*write_company(tmp_path))["duties"] == []


def test_the_document_fits_its_schema(tmp_path):
    schema = json.loads(
        importlib.resources.files("bongsu.share").joinpath("schema", "screen-1.json").read_text()
    )
    found = screened(*write_company(tmp_path))
    jsonschema.Draft202012Validator(schema).validate(found)
    assert set(schema["properties"]) == set(found)


def swapped(tmp_path, order):
    folder = tmp_path / "".join(map(str, order))
    folder.mkdir()
    found = screened(*write_company(folder, excluded=[SECRETS[place] for place in order]))
    for file in found.pop("files"):
        assert file["rejects"] == {}
    for one in found["referrals"]:
        for hit in (*one["for"], *one["explained"], *one["identifiers"]):
            for row in hit["evidence"]:
                del row["sha256"]  # the file is another one
    return found


def test_swapping_names_birthplaces_languages_and_schools_moves_nothing(tmp_path):
    orders = list(itertools.permutations(range(5)))[::17]
    results = [swapped(tmp_path, order) for order in orders]
    assert len(results) == 8
    assert all(one == results[0] for one in results)
    text = str(results[0])
    assert not any(secret in text for secrets in SECRETS for secret in secrets)


def flags_of_sources(tmp_path, order):
    """Hits of files of every source of applications, code and freelance work."""
    folder = tmp_path / "sources".join(map(str, order))
    folder.mkdir()
    listed = write_csv(folder / "list.csv", ("thing", "value", "source"), ("handle", "badfox77", "a court"))
    files = write_sources(folder, [tuple(f"{word}oooqx{place}" for word in "NBLS") for place in order])
    request = ScreenRequest(files=files, listed=(listed,))
    events, counts = read_events(request, lambda path, rows: None)
    assert {one.path.name: dict(one.rejects) for one in counts if one.rejects} == {}
    hits = screen_events(events, context_of(request)).hits
    return sorted((hit.flag, hit.subject, hit.strength, hit.others, hit.rows) for hit in hits), str(hits)


def test_every_flag_of_applications_code_and_freelance_work_is_met_in_files(tmp_path):
    hits, _text = flags_of_sources(tmp_path, range(4))
    assert set(FLAGS) <= {flag for flag, *_rest in hits}
    assert {who for flag, who, *_rest in hits if flag == "E10"} == {"a1"}  # by mailbox
    assert {who for flag, who, *_rest in hits if flag == "A09"} == {"a1"}  # by account
    assert {who for flag, who, *_rest in hits if flag == "A02"} == {"a1", "a2", "a3", "a4"}


def test_swapping_names_and_schools_moves_no_flag_of_them(tmp_path):
    orders = list(itertools.permutations(range(4)))[::5]
    results = [flags_of_sources(tmp_path, order) for order in orders]
    assert len(results) == 5
    assert all(hits == results[0][0] for hits, _text in results)
    assert "oooqx" not in results[0][1].casefold()


def test_the_order_of_records_moves_nothing():
    company = make_company(1_000, seed=5, sign_ins=100)
    found = screen_events(company.events)
    order = np.random.default_rng(1).permutation(company.events.num_rows)
    shuffled = screen_events(company.events.take(order))

    def said(one):
        cases = [(case.subject, case.score, case.families, len(case.hits)) for case in one.referrals]
        return cases, [(hit.flag, hit.subject, hit.value, hit.strength) for hit in one.hits], one.clusters

    assert said(found) == said(shuffled)
    assert found.referrals


def test_nothing_to_screen_is_an_error(tmp_path):
    path = write_csv(tmp_path / "pay.csv", ("employee id", "pay date", "iban"), ("", "2026-01-31", "DE"))
    with pytest.raises(InputError, match="nothing that could be used"):
        screened(path)


def test_the_path_between_two_people(tmp_path):
    request = ScreenRequest(files=write_company(tmp_path))
    steps = path_between(request, "e1", "e4")
    assert [step["to"] for step in steps] == [["iban", "DE89370400440532013000"], ["person", "e4"]]
    assert path_between(request, "e1", "postal_address 9 basement ln farmtown")[-1]["flag"] == "O02"
    with pytest.raises(InputError, match="nothing joins them"):
        path_between(request, "e1", "e5")


def test_a_made_company_of_another_seed_than_any_that_was_tried():
    company = make_company(2_000, seed=77, sign_ins=400)
    found = screen_events(company.events, ScreenContext(listed=company.listed))
    score = score_company(company, [one.subject for one in found.referrals], found.hits)
    assert score.found >= 5
    assert score.referred_innocents == ()
    assert all(0 <= one.precision <= 1 for one in score.families)


def test_listed_wallets_are_referred_with_their_source_and_negative_labels_never(tmp_path, real_data):
    path = real_data / "itworkers" / "doj_forfeiture_wallets.csv"
    with path.open(newline="") as file:
        wallets = list(csv.DictReader(file))
    rows = [(f"E{place}", "2026-01-31", wallet["address"]) for place, wallet in enumerate(wallets)]
    pay = write_csv(tmp_path / "pay.csv", ("employee id", "pay date", "wallet"), *rows)
    found = screened(pay, listed=(path,))
    negative = {f"e{place}" for place, one in enumerate(wallets) if "NEGATIVE" in one["event"]}
    assert (len(wallets), len(negative)) == (52, 8)
    referred = {one["subject"]: one for one in found["referrals"]}
    assert set(referred) == {f"e{place}" for place in range(52)} - negative
    for place, wallet in enumerate(wallets):
        if f"e{place}" not in negative:
            whys = [hit["why"] for hit in referred[f"e{place}"]["for"] if hit["flag"] == "P04"]
            assert any(wallet["source"] in why for why in whys)
            assert any("sanctions" in who for who in referred[f"e{place}"]["tell"])
