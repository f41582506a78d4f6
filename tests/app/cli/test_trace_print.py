"""A trace document on a terminal, and its files."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console
from tests.data.trace_document import ETH, USDT, make_document

from bongsu.app.cli import trace_print
from bongsu.app.cli.trace_print import (
    SHOWN_ENDS,
    SHOWN_PARTIES,
    Outputs,
    deliver,
    print_trace,
    stage_progress,
)
from bongsu.errors import InputError, MissingExtraError, ReleaseError


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(document, width=200):
    console = Console(file=io.StringIO(), width=width)
    print_trace(document, console)
    return console.file.getvalue()


def in_one_asset():
    """A document in which nothing was exchanged."""
    document = make_document()
    for terms in document["conservation"].values():
        terms["converted_in"] = {}
    return document


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def line_of(text, start):
    (found,) = (line for line in text.splitlines() if line.split()[:1] == [start])
    return found.split()


def label(**given):
    plain = {"name": "x", "entity_name": None, "category": "exchange", "country": None, "sanctions": []}
    return plain | given


def action(**given):
    plain = {"kind": "account_hold", "by": "x", "entity": "", "country": None, "holds_under_all": True}
    return plain | {"can": "", "authority": "", "route": "", "voluntary": True} | given


def acting(*given, asset=ETH):
    """A document with one end for each (party, kind, whole units under every policy)."""
    document = make_document(ends=len(given) + 2)
    for terms in document["conservation"].values():
        terms["converted_in"] = {}
    document["endpoints"] = document["endpoints"][: len(given)]
    document["assets"] = [one for one in document["assets"] if one["id"] == asset]
    for end, (by, kind, units) in zip(document["endpoints"], given, strict=True):
        end |= {"asset": asset, "actions": [action(by=by, kind=kind)], "label": None}
        end["amount"] = dict.fromkeys(end["amount"], str(units * 10**18))
    return document


def test_what_was_traced_in_what_up_to_when():
    text = shown(make_document())
    assert "Example Bridge theft, March 2024  TLP:CLEAR" in text
    assert "Example Agency: Named the actor publicly." in text
    assert "Amounts are amounts of the asset" in text
    assert "Seen up to block 19400000, 2024-03-31T23:59:59Z, on eip155:1" in text
    assert "EXERCISE" not in text


def test_an_exercise_says_so_first():
    assert shown(make_document(exercise=True)).split("\n")[0].strip() == "EXERCISE - NOT SENT"


def test_every_policy_has_a_line_whose_terms_add_up():
    document = in_one_asset()
    for terms in document["conservation"].values():  # whole ETH, so that what is printed adds up exactly
        for name, sums in terms.items():
            if isinstance(sums, dict) and name not in ("stolen", "not_followed", "unknown"):
                sums.pop(ETH, None)
        terms |= {"not_followed": {"hops": {ETH: str(5 * 10**21)}}, "stolen": {ETH: str(10**22)}}
        terms |= {"held": {ETH: str(2 * 10**21)}, "burned": {ETH: str(3 * 10**21)}}
    text = shown(document)
    assert line_of(text, "fifo") == ["fifo", "10,000", "2,000", "0", "0", "0", "8,000", "yes"]
    assert line_of(text, "poison")[-1] == "touched"
    document["conservation"]["lifo"]["balanced"] = False
    assert line_of(shown(document), "lifo")[-1] == "NO"


def test_what_came_in_by_an_exchange_is_counted_with_what_was_stolen():
    document = make_document()
    for terms in document["conservation"].values():
        terms |= {"stolen": {ETH: str(10**22)}, "converted_in": {ETH: str(3 * 10**21), USDT: "5000000000"}}
    text = shown(document)
    dollars, ether = text[text.index("In USDT") :].split("Who can act")[0].split("In ETH")
    assert (line_of(dollars, "fifo")[1], line_of(ether, "fifo")[1]) == ("5,000", "13,000")
    assert text.count("came in") == 2


def test_who_can_act_comes_before_the_ends_with_least_and_most():
    document = acting(("Watcher", "monitor", 9), ("A Ltd", "account_hold", 2), ("B", "account_hold", 3))
    document["endpoints"].append(document["endpoints"][1] | {"rank": 4, "id": "other"})
    document["endpoints"][2]["amount"]["lifo"] = str(10**18)
    text = shown(document, width=80)
    who = text[text.index("Who can act, on how much ETH") : text.index("Where it was last seen")]
    lines = [line.split() for line in who.splitlines()[3:] if "_" in line or "monitor" in line]
    assert lines == [
        ["A", "Ltd", "account_hold", "2", "4.0000", "4.0000"],
        ["B", "account_hold", "1", "1.0000", "3.0000"],
        ["Watcher", "monitor", "1", "9.0000", "9.0000"],
    ]


def test_a_party_with_two_assets_has_a_line_of_each():
    document = make_document()
    one, other = next(e for e in document["endpoints"] if e["asset"] == ETH), document["endpoints"][-1]
    assert other["asset"] == USDT
    for end in document["endpoints"]:
        end["actions"] = [action(by="Both")] if end["id"] in {one["id"], other["id"]} else []
    who = shown(document).split("Who can act")[1].split("Where it was")[0]
    assert [line.split()[:3] for line in who.splitlines() if "Both" in line] == [
        ["Both", "account_hold,", "ETH"], ["Both", "account_hold,", "USDT"],
    ]  # fmt: skip


def test_more_parties_are_in_the_report_and_none_is_no_table():
    document = acting(*((f"P{n}", "delist", n + 1) for n in range(SHOWN_PARTIES + 2)))
    assert "2 more parties are in the report" in shown(document)
    for end in document["endpoints"]:
        end["actions"] = []
    assert "Who can act" not in shown(document)


def test_sanctions_are_said_and_lifted_ones_as_lifted():
    document = make_document()
    listing = {"name": "OFAC: X", "source": "s", "listed": "2022-08-08", "delisted": None, "status": "listed"}
    end = document["endpoints"][0]
    end |= {"stop": "mixer", "label": label(name="Mixer", sanctions=[listing])}
    assert "Mixer, SANCTIONED since 2022-08-08: OFAC: X, mixer" in shown(document)
    listing |= {"delisted": "2025-03-21", "status": "delisted"}
    assert "Mixer, sanctions lifted 2025-03-21: OFAC: X, mixer" in shown(document)
    end["label"] = label(name="OFAC: X", category="sanctioned", sanctions=[listing])
    text = shown(document)
    assert "sanctions lifted 2025-03-21: OFAC: X, mixer" in text
    assert text.count("OFAC: X") == 1
    assert "SANCTIONED" not in text


def test_ends_are_in_the_order_to_act_with_least_and_most():
    document = make_document(ends=40)
    text = shown(document, width=80)
    places = [text.index(end["shown"]) for end in document["endpoints"][:SHOWN_ENDS]]
    assert places == sorted(places)
    assert document["endpoints"][SHOWN_ENDS]["shown"] not in text
    assert "25 more ends are in the report" in text
    assert "more ends" not in shown(make_document(ends=SHOWN_ENDS))


def test_an_end_says_who_is_there_what_can_be_done_and_of_which_asset():
    document = make_document()
    (end,) = document["endpoints"][:1]
    end |= {"stop": "service", "min": str(2 * 10**18), "max": str(3 * 10**18), "last_arrival": None}
    end["label"] = label(name="deposit 5", entity_name="Only Here")
    end["actions"] = [action(by="Example Ltd", country="SC")]
    end["amount"] = dict.fromkeys(end["amount"], str(2 * 10**18))
    text = shown(document)
    assert "ETH, Only Here, service: account_hold *" in text
    assert "2.0000" in text
    assert "3.0000" in text
    end["bounds"] = {"kind": "outer", "per_policy": {"fifo": {"min": "0", "max": "9"}}}
    assert "Only Here, service: account_hold *" not in shown(document), "in another order nothing is there"
    end["bounds"]["kind"] = "exact"
    end["actions"][0]["holds_under_all"] = False
    end["label"]["entity_name"] = None
    (line,) = (line for line in shown(document).splitlines() if "deposit 5" in line)
    assert "account_hold" in line
    assert "*" not in line


def test_an_asset_that_is_not_known_is_named_by_its_contract_never_by_its_symbol():
    document = make_document()
    next(one for one in document["assets"] if one["id"] == USDT)["known"] = False
    text = shown(document)
    assert USDT in text
    assert "USDT," not in text


def test_a_wide_terminal_shows_policies_too_and_a_narrow_one_keeps_addresses_whole():
    document = make_document()
    assert "haircut" in shown(document, width=120).split("order to act")[1]
    narrow = shown(document, width=80)
    assert "haircut" not in narrow.split("order to act")[1]
    assert document["endpoints"][0]["shown"] in narrow
    assert max(map(len, narrow.splitlines())) <= 80


def test_text_of_strangers_does_nothing_to_the_terminal():
    document = make_document(hostile=True)
    document["endpoints"][0]["label"] = label(name="[bold]x[/]\x1b[2J\u202e")
    document["endpoints"][0]["actions"] = [action(by="[bold]y[/]\x1b[2J\u202e")]
    text = shown(document)
    assert "[bold]x[/]" in text
    assert "[bold]y[/]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_many_assets_are_in_the_report():
    document = in_one_asset()
    document["stolen"]["fifo"] |= {f"eip155:{n}/slip44:60": "1" for n in range(2, 6)}
    document["assets"] += [
        {"id": f"eip155:{n}/slip44:60", "symbol": "ETH", "decimals": 18, "known": True} for n in range(2, 6)
    ]
    assert "2 more assets are in the report." in shown(document)


def test_where_no_person_looks_it_is_one_line_of_json(here, capsys):
    document = make_document()
    deliver(document, Outputs(html=Path("-")))
    printed = capsys.readouterr()
    assert json.loads(printed.out) == document
    assert (printed.out.count("\n"), printed.err, names(here)) == (1, "", [])


def test_a_terminal_gets_tables_and_a_report_beside_it(here, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    document = make_document()
    document["lead"]["id"] = "addresses-0x12/../+ 3 more"
    deliver(document, Outputs())
    printed = capsys.readouterr()
    assert "Does it add up?" in printed.out
    assert names(here) == ["addresses-0x12-..-+-3-more.html"]
    assert printed.err == "Written: addresses-0x12-..-+-3-more.html\n"
    deliver(document, Outputs(plain=True))
    assert json.loads(capsys.readouterr().out) == document


def test_files_go_where_they_were_asked_for(here, capsys):
    document = make_document()
    deliver(document, Outputs(html=Path("a.html"), csv=Path("b.csv"), plain=True))
    assert names(here) == ["a.html", "b.csv"]
    assert capsys.readouterr().err == "Written: a.html\nWritten: b.csv\n"
    assert "<!doctype html>" in (here / "a.html").read_text()[:20].lower()
    rows = list(csv.DictReader((here / "b.csv").read_text("utf-8-sig").splitlines()))
    assert [row["address"] for row in rows] == [end["address"] for end in document["endpoints"]]


def test_csv_to_standard_output_stands_alone(here, capsys):
    document = make_document()
    deliver(document, Outputs(csv=Path("-")))
    printed = capsys.readouterr()
    rows = list(csv.DictReader(printed.out.splitlines()))
    assert [row["rank"] for row in rows] == [str(end["rank"]) for end in document["endpoints"]]
    assert (printed.err, names(here)) == ("", [])


def test_nothing_leaves_for_a_party_that_may_not_have_it(here, capsys):
    document = make_document()
    document["marking"] = {"tlp": "TLP:GREEN", "releasable_to": ["kr-cert"]}
    with pytest.raises(ReleaseError):
        deliver(document, Outputs(html=Path("a.html"), csv=Path("a.csv"), recipient="other"))
    assert (capsys.readouterr().out, names(here)) == ("", [])
    deliver(document, Outputs(html=Path("a.html"), recipient="kr-cert"))
    assert names(here) == ["a.html"]


@pytest.mark.parametrize("option", ["html", "csv"])
def test_a_place_that_cannot_be_written_is_said_before_the_work(here, option):
    with pytest.raises(InputError, match="Cannot write nowhere/x: its folder is not there") as error:
        Outputs(**{option: Path("nowhere/x")}).check()
    assert "--html - " in error.value.hint
    with pytest.raises(InputError, match="it is a folder"):
        Outputs(**{option: here}).check()
    Outputs(html=Path("-"), csv=Path("ends.csv")).check()


def test_json_and_csv_cannot_both_be_printed():
    with pytest.raises(InputError, match="both"):
        Outputs(csv=Path("-"), plain=True).check()
    Outputs(csv=Path("-")).check()


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (OSError(28, "No space left on device"), InputError, "Cannot write a.html: No space left"),
        (MissingExtraError("Cannot make it.", hint="install"), MissingExtraError, "Cannot make it."),
    ],
)
def test_a_file_that_fails_does_not_lose_the_result(here, capsys, monkeypatch, fault, kind, message):
    def full(*_given, **_named):
        raise fault

    monkeypatch.setattr(trace_print, "write_report", full)
    document = make_document()
    with pytest.raises(kind, match=message):
        deliver(document, Outputs(html=Path("a.html"), csv=Path("b.csv")))
    printed = capsys.readouterr()
    assert json.loads(printed.out) == document
    assert printed.err == "Written: b.csv\n"


def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys):
    with stage_progress() as silent:
        silent("stage one")
    assert capsys.readouterr() == ("", "")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with stage_progress() as told:
        told("stage two")
    printed = capsys.readouterr()
    assert "stage two ..." in printed.err
    assert printed.out == ""
