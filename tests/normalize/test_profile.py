from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "profile",
        subject="A7",
        platform=" GitHub",
        handle="https://github.com/Dev",
        created="2024-01-01T00:00:00Z",
        updated="2025-05-05T00:00:00Z",
        email="me@x.example",
        town="Spring  Field",
        jobs="Acme 2019 to 2021",
        asset="AB12",
    )
    assert found.rejects.num_rows == 0
    rows = found.events.to_pylist()
    assert {(row["subject"], row["kind"], row["note"]) for row in rows} == {("a7", "profile", "github")}
    assert {row["thing"]: (row["value"], row["time"].year) for row in rows} == {
        "handle": ("dev", 2024),
        "email": ("me@x.example", 2025),
        "town": ("spring field", 2025),
        "asset": ("ab12", 2025),
        "job": ("acme 2019-01..2021-12", 2025),
    }
