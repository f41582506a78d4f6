"""Log formats are told by content."""

import io

import pytest
from tests.read.log_samples import DNS_SAMPLES, NETWORK_SAMPLES, ZEEK_TEXT

from bongsu.facts.log_field import load_log_fields
from bongsu.read.log_registry import LOG_READERS, load_log_reader, read_log, sniff_log


def test_every_format_has_a_reader_that_refuses_what_is_not_its_own():
    for name in LOG_READERS:
        reader = load_log_reader(name)
        assert reader.sniff(b"") is False, name


@pytest.mark.parametrize("name", NETWORK_SAMPLES)
def test_a_sample_is_told_by_its_content(name):
    assert sniff_log(NETWORK_SAMPLES[name]) == name


@pytest.mark.parametrize("text", [*NETWORK_SAMPLES.values(), *DNS_SAMPLES.values(), ZEEK_TEXT])
def test_facts_say_what_the_fields_of_a_sample_mean(text):
    for batch in load_log_reader(sniff_log(text)).read(io.BytesIO(text), batch_rows=100):
        known = load_log_fields(batch.stream.product)
        kinds = {known[name].kind for name in batch.rows.column_names if name in known}
        assert "ip" in kinds
        assert kinds & {"domain", "url", "text"} or batch.stream.service == "conn"


def test_nothing_fits_an_empty_file():
    assert sniff_log(b"") == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zeek", b"#separator \\x09\n#fields\ta\n"),
        ("cargo_lock", b"version = 3\n"),
        ("squid", b"# nothing\n"),
    ],
)
def test_a_log_in_which_nothing_was_found_says_so(name, content):
    (batch,) = read_log(name, io.BytesIO(content), batch_rows=10)
    assert (batch.rows.num_rows, batch.rejects["rule"].to_pylist()) == (0, ["no_event"])
    assert [one for one in read_log(name, io.BytesIO(b""), batch_rows=10) if one.rejects.num_rows] == []
