from tests.data.person_file import rows_of, write_csv

from bongsu.read.edr import INVENTORY, is_inventory


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    name, rows, rejects = rows_of(
        write_csv(
            tmp_path / "file.csv",
            ("user", "last seen", "software name", "vid"),
            ("a", "2026-01-02T03:04:05Z", "AnyDesk", ""),
        )
    )
    assert (name, rejects) == ("edr", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {**{"user": "a", "seen": "2026-01-02T03:04:05Z", "software": "AnyDesk"}, "locator": 1}


def test_a_file_without_anything_on_a_laptop_is_no_inventory():
    picks = dict.fromkeys(INVENTORY.RAW.names, "")
    assert not is_inventory(picks | {"user": "u", "seen": "s"})
    assert is_inventory(picks | {"laptop": "l", "edid": "e"})
    assert not is_inventory(picks | {"edid": "e"})
