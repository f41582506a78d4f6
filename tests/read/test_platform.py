import pytest
from tests.data.person_file import rows_of, write_csv, write_lines

from bongsu.errors import FormatError
from bongsu.read.platform import RECORDS, TELLING, is_platform


def test_bids_of_a_table(tmp_path):
    head = ("freelancer id", "created at", "job id", "cover letter", "bid status", "name", "language")
    row = ("F1", "2026-01-02T03:04:05Z", "J1", "I can do it", "declined", "N", "L")
    name, rows, rejects = rows_of(write_csv(tmp_path / "file.csv", head, row))
    assert (name, rejects) == ("platform", [])
    assert [rows[0][key] for key in ("account", "time", "project", "proposal", "accepted")] == [*row[:5]]
    assert not {"N", "L"} & {*rows[0].values()}


def test_logins_and_payments_of_json(tmp_path):
    login = {"account": "F1", "timestamp": "2026-01-02T03:04:05Z", "ip": "8.8.8.8", "device": "D1"}
    paid = {"payer": "F1", "date": "2026-01-02", "paid to": "F2", "amount usd": "5"}
    assert rows_of(write_lines(tmp_path / "a.jsonl", login))[0] == "platform"
    name, rows, _rejects = rows_of(write_lines(tmp_path / "b.jsonl", paid))
    assert (name, rows[0]["payee"], rows[0]["amount"]) == ("platform", "F2", "5")


def test_accounts_and_times_alone_are_no_records_of_a_platform(tmp_path):
    path = write_csv(tmp_path / "x.csv", ("account", "date", "shoes"), ("F1", "2026-01-02", "2"))
    with pytest.raises(FormatError, match="no known source"):
        rows_of(path)
    assert is_platform(RECORDS.pick(("account", "date", "ip")))
    assert {*TELLING} <= {*RECORDS.RAW.names}
