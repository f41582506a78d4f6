import json

import pytest
from tests.read.test_zone_file import ZONE

from bongsu.errors import InputError
from bongsu.read.dns_answer import read_answers, record_of

pytest.importorskip("dns")
DOH = {
    "Status": 0,
    "Question": [{"name": "example.org.", "type": 16}],
    "Answer": [{"name": "example.org.", "type": 16, "TTL": 60, "data": '"v=spf1 " "-all"'}],
}
NONE = {"Status": 0, "Question": [{"name": "_dmarc.example.org", "type": 16}]}
GONE = {"Status": 3, "Question": [{"name": "gone.example", "type": 1}]}
FAILED = {"Status": 2, "Question": [{"name": "failed.example", "type": 1}]}


def saved(folder, name, text):
    (folder / name).write_text(text)
    return folder / name


def test_a_zone_is_known_whole(tmp_path):
    found = read_answers([saved(tmp_path, "zone", ZONE)])
    assert found.lookup("example.com", "TXT") == ("v=spf1 ip4:192.0.2.0/24 -all",)
    assert found.lookup("example.com", "MX") == ("10 mx.example.com",)
    assert found.lookup("_dmarc.example.com", "TXT") == ()
    assert found.lookup("example.net", "TXT") is None


@pytest.mark.parametrize(
    "text", [json.dumps([DOH, NONE, GONE, FAILED]), "\n".join(map(json.dumps, (DOH, NONE, GONE, FAILED)))]
)
def test_json_says_also_what_is_absent(tmp_path, text):
    found = read_answers([saved(tmp_path, "answers", text)])
    assert found.lookup("example.org", "TXT") == ("v=spf1 -all",)
    assert found.lookup("example.org", "MX") is None
    assert found.lookup("_dmarc.example.org", "TXT") == ()
    assert found.lookup("gone.example", "MX") == ()
    assert found.lookup("failed.example", "A") is None


def test_plain_records_are_read_and_files_are_joined(tmp_path):
    rows = '{"name": "A.example", "type": "TXT", "data": "v=spf1 ~all"}\n'
    rows += '{"name": "a.example", "type": "SRV", "data": "x"}'
    found = read_answers([saved(tmp_path, "zone", ZONE), saved(tmp_path, "rows", rows)])
    assert found.lookup("a.example", "TXT") == ("v=spf1 ~all",)
    assert found.zones == {"example.com"}


@pytest.mark.parametrize("text", ["hello world", "{", "[1]"])
def test_other_files_are_refused(tmp_path, text):
    with pytest.raises(InputError, match="Cannot read DNS answers"):
        read_answers([saved(tmp_path, "x", text)])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="Cannot read"):
        read_answers([tmp_path / "none"])


def test_strings_of_a_text_record_are_one():
    assert record_of("a.", "TXT", '"k=rsa; p=AB" "CD\\"E"').value == 'k=rsa; p=ABCD"E'
    assert record_of("a.", "SOA", "x") is None
