from tests.read.lock_samples import GO, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log


def test_modules_are_told_from_those_whose_requirements_alone_were_read():
    found = rows_of(batches_of("go_sum", GO), "locator", "name", "version", "file_kind")
    assert found == [
        (1, "github.com/acme/wire", "v1.2.3", "go.sum"),
        (2, "github.com/acme/wire", "v1.2.3", "go.sum, go.mod only"),
        (3, "golang.org/x/sys", "v0.0.0-20200116001909-b77594299b42", "go.sum, go.mod only"),
    ]


def test_a_damaged_line_is_a_reject():
    found = batches_of("go_sum", GO.replace(b"h1:BBBB", b"h1 BBBB"))
    assert rejects_of(found) == [(2, "bad_entry")]
    assert len(rows_of(found, "name")) == 2


def test_is_told_by_content():
    assert sniff_log(GO) == "go_sum"
    assert sniff_log(b"github.com/acme/wire v1.2.3\n") == "plain_text"
