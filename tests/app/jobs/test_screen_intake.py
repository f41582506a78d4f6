import pytest
from tests.data.person_file import write_csv, write_lines
from tests.data.screen_case import write_company

from bongsu.app.jobs.screen_intake import ScreenRequest, context_of, read_events
from bongsu.errors import FormatError


def request(*files, **more):
    return ScreenRequest(files=files, **more)


def test_events_of_several_sources_with_counts(tmp_path):
    files = write_company(tmp_path)
    told = []
    events, counts = read_events(request(*files), lambda path, rows: told.append((path.name, rows)))
    assert [(one.source, one.rows, sum(one.rejects.values())) for one in counts] == [
        ("hris", 5, 0),
        ("payroll", 5, 0),
    ]
    assert sum(one.events for one in counts) == events.num_rows
    assert told == [("hris.csv", 5), ("pay.csv", 5)]
    assert {*events["source"].to_pylist()} == {one.sha256 for one in counts}


def test_rejects_are_counted_and_the_first_is_shown(tmp_path):
    path = write_csv(
        tmp_path / "pay.csv",
        ("employee id", "pay date", "iban"),
        ("E1", "soon", "DE1"),
        ("", "2026-01-31", ""),
    )
    _events, (count,) = read_events(request(path), lambda path, rows: None)
    assert {"bad_time", "no_subject"} <= set(count.rejects)
    assert count.document()["path"] == "pay.csv"
    assert "soon" not in count.first_rejects["no_subject"]


def test_a_mapping_says_what_columns_are(tmp_path):
    pay = write_csv(tmp_path / "x.csv", ("who", "day", "to"), ("E1", "2026-01-31", "DE89370400440532013000"))
    columns = {"employee": "who", "paid": "day", "iban": "to"}
    mapping = write_lines(tmp_path / "map", {"file": "x.csv", "source": "payroll", "columns": columns})
    events, _counts = read_events(request(pay, mapping=mapping), lambda path, rows: None)
    assert events["value"].to_pylist() == ["DE89370400440532013000"]
    with pytest.raises(FormatError, match="no known source"):
        read_events(request(pay), lambda path, rows: None)


def test_lists_of_wallets_and_of_identifiers(tmp_path):
    wallet = "0x" + "ab" * 20
    wallets = write_csv(
        tmp_path / "w.csv", ("address", "chain", "role", "source"), (wallet, "eth", "seized", "Court")
    )
    named = write_csv(
        tmp_path / "i.csv", ("thing", "value", "source"), ("email", "A.B@gmail.com", "Researcher")
    )
    context = context_of(
        request(
            listed=(wallets, named),
            own_places=("9 Office Road Town", "8.8.8.8"),
            approved=frozenset({"AnyDesk"}),
        )
    )
    (label,) = [label for label in context.labels if label.address == wallet]
    assert (label.category, label.source) == ("abuse", "Court")
    assert context.listed == {("email", "ab@gmail.com"): "Researcher"}
    assert context.own_places == {"9 office rd town", "8.8.8.8"}
    assert context.approved == {"anydesk"}


def test_what_cannot_be_used_is_said(tmp_path):
    named = write_csv(tmp_path / "i.csv", ("thing", "value", "source"), ("email", "nobody", "R"))
    with pytest.raises(FormatError, match="row 1 is no identifier"):
        context_of(request(listed=(named,)))
    with pytest.raises(FormatError, match="neither a network nor a postal address"):
        context_of(request(own_places=("here",)))
