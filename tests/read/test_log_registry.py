"""Log formats are told by content."""

from bongsu.read.log_registry import LOG_READERS, load_log_reader, sniff_log


def test_every_format_has_a_reader_that_refuses_what_is_not_its_own():
    for name in LOG_READERS:
        reader = load_log_reader(name)
        assert reader.sniff(b"") is False, name


def test_nothing_fits_an_empty_file():
    assert sniff_log(b"") == ""
