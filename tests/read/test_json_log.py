"""Nested JSON events become flat, with a time that is found."""

import io
import json

from tests.data.log_read import log_rejects, log_rows
from tests.data.log_sample import lines

from bongsu.model.log import LogStream
from bongsu.read.json_log import JsonLog

LOG = JsonLog(
    lambda one: "app" in one,
    lambda flat: LogStream("x", flat.get("app", "")),
    time=("at.best", "at.next"),
    whole=("deep",),
    inner="wrapped",
)


def rows(*objects):
    return log_rows(list(LOG.read(io.BytesIO(lines(*objects)), batch_rows=10)))


def test_names_are_dotted_and_the_best_time_is_repeated():
    ((stream, row),) = rows(
        {"app": "a", "at": {"next": "2", "best": "1"}, "deep": {"k": [1, 2]}, "none": None}
    )
    assert stream == LogStream("x", "a")
    assert row == {
        "app": "a", "at.next": "2", "at.best": "1", "deep.k": "1 2", "deep": '{"k": [1, 2]}',
        "time": "1", "locator": 1,
    }  # fmt: skip


def test_an_event_may_be_wrapped_as_text_or_object():
    inner = {"app": "b"}
    found = rows({"wrapped": json.dumps(inner)}, {"wrapped": inner})
    assert [row["app"] for _stream, row in found] == ["b", "b"]
    assert LOG.sniff(lines({"wrapped": inner}))
    assert rows({"wrapped": "{broken"})[0][1]["wrapped"] == "{broken"


def test_what_is_no_event_is_told():
    batches = list(LOG.read(io.BytesIO(b'{"app": 1}\n{}\n[]\nx'), batch_rows=10))
    assert log_rejects(batches) == [(2, "bad_event"), (3, "bad_event"), (4, "bad_event")]
    assert not LOG.sniff(b'{"other": 1}')
    assert list(LOG.read(io.BytesIO(b""), batch_rows=10)) == []


def test_batches_are_no_larger_than_asked():
    batches = list(LOG.read(io.BytesIO(lines(*[{"app": "a"}] * 25)), batch_rows=10))
    assert [batch.rows.num_rows for batch in batches] == [10, 10, 5]
