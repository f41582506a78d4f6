import pytest

from bongsu.app.jobs import hunt_indicator
from bongsu.app.jobs.hunt_indicator import IndicatorFiles, load_indicators
from bongsu.errors import FormatError, InputError

CLAIMS = """\
type,value,source,cluster
domain,madeup-evil.com,a@1,Kimsuky
domain,madeup-shared.com,a@1,Kimsuky
ipv4,not an address,a@1,
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "claims.csv").write_text(CLAIMS)
    (tmp_path / "disputed.csv").write_text("type,value,reason\ndomain,madeup-shared.com,its owner says so\n")
    return IndicatorFiles((tmp_path / "claims.csv",), (tmp_path / "disputed.csv",))


def test_claims_are_loaded_and_what_is_not_taken_is_counted_with_why(files, tmp_path):
    loaded = load_indicators(files, tmp_path / "cache")
    assert loaded.compared.keys == 2
    assert (loaded.document["indicators"], loaded.document["never_alert"]) == (2, 1)
    (file,) = loaded.document["files"]
    assert (file["name"], sum(file["rejects"].values())) == ("claims.csv", 1)
    assert file["first_rejects"][0].startswith("3: ")


def test_a_set_that_is_kept_is_mapped_and_says_the_same(files, tmp_path, monkeypatch):
    first = load_indicators(files, tmp_path / "cache")
    monkeypatch.setattr(hunt_indicator, "_read_all", None)
    again = load_indicators(files, tmp_path / "cache")
    assert again.document == first.document
    assert again.compared.rows == first.compared.rows


def test_a_dispute_makes_another_set(files, tmp_path):
    loaded = load_indicators(files._replace(disputes=()), tmp_path / "cache")
    assert loaded.document["never_alert"] == 0


def test_a_benign_list_takes_alerts_away(files, tmp_path):
    (tmp_path / "benign.txt").write_text("madeup-evil.com\n")
    loaded = load_indicators(files._replace(warnings=(tmp_path / "benign.txt",)), tmp_path / "cache")
    assert loaded.document["never_alert"] == 2


def test_no_files_are_no_indicators(tmp_path):
    assert load_indicators(IndicatorFiles(), tmp_path) is None


def test_a_file_that_cannot_be_used_is_said(tmp_path):
    with pytest.raises((InputError, OSError)):
        load_indicators(IndicatorFiles((tmp_path / "none.csv",)), tmp_path)
    (tmp_path / "bad.bin").write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(FormatError):
        load_indicators(IndicatorFiles((tmp_path / "bad.bin",)), tmp_path)
