from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called(tmp_path):
    head = ("firm", "website", "creation date", "domain registrar", "host", "site text", "nationality")
    row = ("One LLC", "one.example", "2025-12-01", "Reg", "Host", "we build software", "Y")
    name, rows, rejects = rows_of(write_csv(tmp_path / "file.csv", head, row))
    assert (name, rejects) == ("company", [])
    assert tuple(
        rows[0][key] for key in ("company", "domain", "registered", "registrar", "hosting", "text")
    ) == (*row[:6],)
    assert "Y" not in rows[0].values()
