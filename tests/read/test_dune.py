import pytest

from bongsu.errors import FormatError
from bongsu.read.registry import load_reader, sniff_format


def test_real_results(onchain):
    folder = onchain / "lazarus_dune_2022"
    path = folder / "LazarusTabularTxs1322519.csv"
    assert sniff_format(path) == "dune"
    (batch,) = load_reader("dune").read(path, batch_rows=1_000)
    assert batch.rows.num_rows == 436
    for name in ("LazarusWeeklyWithdrawalsTxs1322493.csv", "LazarusNFTsTxs1322436.csv"):
        with pytest.raises(FormatError):
            sniff_format(folder / name)


def test_names_of_token_events(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        "contract_address,evt_tx_hash,evt_index,evt_block_time,evt_block_number,from,to,value\n1,2,3,4,5,6,7,8\n"
    )
    assert sniff_format(path) == "dune"
    (batch,) = load_reader("dune").read(path, batch_rows=10)
    (row,) = batch.rows.to_pylist()
    assert (row["contract"], row["log_index"], row["base_units"], row["coins"]) == ("1", "3", "8", None)
