"""Inspection of files that a user brings."""

from bongsu.app.jobs.inspect import inspect_files

COLUMNS = {"from": "a", "to": "b", "value": "usd"}
A, B = "0x" + "1" * 40, "0x" + "2" * 40


def test_bad_rows_are_counted_and_good_rows_kept(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(f"a,b,usd\n{A},{B},1.25\n{A},{B},-1\n{A},nobody,2\n{A},{B},0.001\n")
    (seen,) = inspect_files([path], format_name="flows", columns=COLUMNS, unit="USD")
    assert (seen.counts.rows_in, seen.counts.rows_kept, sum(seen.counts.rejects.values())) == (4, 1, 3)
    assert seen.counts.rejects["negative_amount"] == 1
    assert seen.counts.rejects["inexact_amount"] == 1
    assert list(seen.counts.sums.values()) == [125]


def test_published_theft_sum_is_exact(onchain):
    path = onchain / "bitfinex_2016" / "bitfinex_tx_dataset.csv"
    columns = {"tx": "txid", "from": "from", "to": "to", "value": "amount"}
    (seen,) = inspect_files([path], format_name="flows", columns=columns, unit="BTC")
    assert (seen.counts.rows_in, seen.counts.rows_kept) == (2072, 2072)
    assert list(seen.counts.sums.values()) == [11_975_662_032_288]
