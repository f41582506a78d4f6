from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called(tmp_path):
    head = ("participant email", "join time", "ip address", "client time zone", "lat", "lon", "display name")
    row = ("a@x.example", "2026-01-02T03:04:05Z", "8.8.8.8", "UTC+9", "1.5", "2.5", "N")
    name, rows, rejects = rows_of(write_csv(tmp_path / "file.csv", head, row))
    assert (name, rejects) == ("meeting", [])
    stated = [rows[0][key] for key in ("user", "joined", "ip", "zone", "latitude", "longitude", "device")]
    assert stated == [*row[:6], None]
