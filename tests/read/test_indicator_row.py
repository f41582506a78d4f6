from bongsu.read.indicator_row import RAW, IndicatorRows


def test_rows_keep_their_places_and_lack_what_they_lack():
    rows = IndicatorRows()
    rows.add(3, {"type": "domain", "value": "evil.com", "note": ""})
    rows.refuse(4, "bad_row", "why")
    assert len(rows) == 2
    found = rows.batch()
    assert found.rows.column_names == [*RAW.names, "locator"]
    assert found.rows.select(["value", "note", "locator"]).to_pylist() == [
        {"value": "evil.com", "note": None, "locator": 3}
    ]
    assert found.rejects["locator"].to_pylist() == [4]
    assert len(rows) == 0
