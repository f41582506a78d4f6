"""Records of one person over several files; what names link moves no flag, score or network."""

import itertools
import json
from datetime import UTC, datetime

import pytest
from tests.data.person_file import write_csv

from bongsu.app.jobs import screen_likeness
from bongsu.app.jobs.screen import path_between, run_screen
from bongsu.app.jobs.screen_intake import ScreenRequest
from bongsu.app.jobs.screen_likeness import as_edges
from bongsu.errors import InputError, MissingExtraError
from bongsu.share.dossier import dossiers, render_dossier

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = ("Kim Min-su", "Ada Bell", "Carl Stone", "Eve Frost", "Gil Hart", "Minsu Kim")
ACCOUNT = "DE89370400440532013000"


def files_of(folder, names=NAMES):
    """Five employees, four of whom share a place and an account; one applied under another id."""
    folder.mkdir(exist_ok=True)
    header = (
        "employee id",
        "hire date",
        "name",
        "date of birth",
        "personal email",
        "home address",
        "ship to",
    )
    rows = [
        (
            f"E{n}",
            "2026-01-05",
            names[n],
            f"199{n}-01-02",
            f"p{n}@mail.example",
            f"{n} Oak Street Springfield",
            "9 Basement Lane Farmtown" if n < 4 else f"{n} Oak Street Springfield",
        )
        for n in range(5)
    ]
    hris = write_csv(folder / "hris.csv", header, *rows)
    paid = [(f"E{n}", "2026-01-31", ACCOUNT) for n in range(4)]
    pay = write_csv(folder / "pay.csv", ("employee id", "pay date", "iban"), *paid)
    applied = ("A9", "2025-11-01", names[5], "1990-01-02", "p0@mail.example")
    again = ("A7", "2025-10-01", "Kim Min-su", "", "other@mail.example")  # a namesake and nothing else
    apply = write_csv(
        folder / "apply.csv",
        ("application id", "applied at", "name", "date of birth", "email"),
        applied,
        again,
    )
    return hris, pay, apply


def screened(files, **more):
    return run_screen(ScreenRequest(files=files, **more), clock=lambda: NOW)


def test_an_application_and_an_employee_with_other_ids_are_possibly_one_person(tmp_path):
    found = screened(files_of(tmp_path))
    told = {one["subject"]: one["possibly_same"] for one in found["referrals"]}
    ((only,), *others) = [told[f"e{n}"] for n in range(4)]
    assert others == [[], [], []]
    assert (only["subject"], only["basis"]) == ("a9", ["name", "birth_date", "email"])
    assert only["probability"] > 0.99
    assert (found["likeness"]["records"], found["likeness"]["pairs"]) == (7, 1)
    assert found["people"] == 7  # nobody was merged


def test_it_stands_in_the_dossier_and_in_the_path(tmp_path):
    files = files_of(tmp_path)
    pages = [render_dossier(content) for _name, content in dossiers(screened(files))]
    assert sum("Possibly the same person" in page for page in pages) == 1
    request = ScreenRequest(files=files)
    (step,) = path_between(request, "a9", "e0")
    assert (step["flag"], step["to"]) == ("", ["person", "e0"])
    assert step["why"].startswith("Possibly one person")
    assert next(one["flag"] for one in path_between(request, "a9", "e3")) == ""
    assert "" not in [one["flag"] for one in path_between(request, "e0", "e3")]
    with pytest.raises(InputError, match="nothing joins them"):
        path_between(request, "a7", "e0")
    with pytest.raises(InputError, match="nothing joins them"):
        path_between(ScreenRequest(files=files, likeness=False), "a9", "e0")


def without_likeness(found):
    """All that a screening says but for who may be one person."""
    rest = {key: value for key, value in found.items() if key not in ("likeness", "files")}
    text = json.loads(json.dumps(rest))
    for one in text["referrals"]:
        del one["possibly_same"]
        for hit in (*one["for"], *one["explained"], *one["identifiers"]):
            for row in hit["evidence"]:
                del row["sha256"]  # the file is another one
    return text


def test_exchanging_names_moves_pairs_and_nothing_else(tmp_path):
    orders = list(itertools.permutations(range(6)))[::97]
    results = [
        screened(files_of(tmp_path / str(place), [NAMES[one] for one in order]))
        for place, order in enumerate(orders)
    ]
    assert len({json.dumps(without_likeness(one), sort_keys=True) for one in results}) == 1
    assert {one["likeness"]["pairs"] for one in results} == {0, 1}
    assert not any(name in json.dumps(one) for one in results for name in NAMES)


def test_it_is_left_out_where_it_is_not_asked_for_or_cannot_be(tmp_path, monkeypatch):
    files = files_of(tmp_path)
    assert "not asked for" in screened(files, likeness=False)["likeness"]["notes"][0]
    assert "no file of people states names" in screened(files[1:2])["likeness"]["notes"][0]

    def missing():
        raise MissingExtraError("Cannot load splink.")

    monkeypatch.setattr(screen_likeness, "open_link_engine", missing)
    assert screened(files)["likeness"] == {
        "method": "same-person@1",
        "records": 7,
        "pairs": 0,
        "notes": ["Cannot load splink."],
    }


def test_edges_are_of_no_flag_and_join_nobody_in_a_network(tmp_path):
    found = screened(files_of(tmp_path))
    assert "a9" not in json.dumps(found["networks"])
    assert as_edges(screen_likeness.Likeness()) == []
