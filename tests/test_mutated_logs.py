"""Damaged logs: no reader crashes, hangs, or drops what it was given in silence.

Each reader gets a small log that was mutated with a fixed seed. A quick share runs always, 100,000 mutations
a reader with BONGSU_FULL. `python tests/test_mutated_logs.py` prints docs/proofs/mutations.md.
"""

import contextlib
import faulthandler
import io
import os
import random
import signal
import sys
import time

import pytest
from tests.data.log_sample import SAMPLES

from bongsu.errors import BongsuError
from bongsu.read.log_registry import LOG_READERS, read_log, sniff_log

QUICK, FULL = 300, 100_000
MOST_SECONDS = 20
"""Time of the processor for one mutated log, so that a busy machine does no harm."""
WATCHED = 50
"""Mutations between two looks at whether compiled code hangs."""
_WORDS = (
    b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"\n", b"\r", b'"', b"{", b"}", b"[", b"<", b"</Event>", b"\\u",
    b"=", b"\t", b",", b"null", b"1e999", b"-1", b"ElfChnk\x00", b"**\x00\x00", b"\x1b", b"audit(", b"NaN",
    "\u202e".encode(), b"\xe2\x80\xa8", b"%", b"#", b"&#x110000;", b"&amp;" * 9,
)  # fmt: skip


def flip(data, rng):
    """Some bits turned over."""
    for _ in range(rng.choice((1, 1, 3, 20))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def cut(data, rng):
    """The end cut off."""
    del data[rng.randrange(len(data)) :]


def lose(data, rng):
    """A piece lost."""
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 8, 100, 5000))]


def repeat(data, rng):
    """A piece twice or many times."""
    at = rng.randrange(len(data))
    piece = bytes(data[at : at + rng.choice((1, 10, 200))])
    data[at:at] = piece * rng.choice((1, 2, 50))


def insert(data, rng):
    """Something that formats give a meaning to."""
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(_WORDS) * rng.choice((1, 1, 2))


def bad_text(data, rng):
    """Bytes that are no UTF-8."""
    at = rng.randrange(len(data))
    data[at : at + 4] = rng.randbytes(4)


def swap(data, rng):
    """Two pieces in each other's place."""
    one, two = sorted(rng.randrange(len(data)) for _ in range(2))
    size = min(16, two - one, len(data) - two)
    data[one : one + size], data[two : two + size] = data[two : two + size], data[one : one + size]


def long_line(data, rng):
    """A very long line."""
    at = rng.randrange(len(data))
    data[at:at] = rng.choice((b"A", b'{"a":', b"a=", b"<a>")) * rng.choice((5_000, 50_000))


def deep(data, rng):
    """Nested far deeper than any log."""
    at = rng.randrange(len(data))
    data[at:at] = rng.choice((b"[", b'{"x":', b"<x>", b"(", b'[{"y":')) * rng.choice((500, 3000))


MUTATIONS = (flip, flip, flip, cut, lose, repeat, insert, insert, bad_text, swap)
RARE = (long_line, deep)
"""Slow ones: one in fifty."""


def mutate(sample, rng):
    """The sample with one to four faults."""
    data = bytearray(sample)
    for _ in range(rng.choice((1, 1, 2, 4))):
        if data:
            rng.choice(RARE if rng.random() < 0.02 else MUTATIONS)(data, rng)
    return bytes(data)


@contextlib.contextmanager
def in_time():
    """Ends what hangs, where Python runs."""

    def stop(_signal, _frame):
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def watch(seconds):
    """Ends the process, with its stack, where compiled code hangs, which hears no alarm; 0: no more."""
    faulthandler.cancel_dump_traceback_later()
    if seconds:
        faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)


def outcome(name, content, batch_rows=50):
    """Events and rejects of a mutated log; a refusal that a person can mend counts as a reject."""
    try:
        batches = list(read_log(name, io.BytesIO(content), batch_rows=batch_rows))
    except BongsuError:
        return 0, 1
    return sum(b.rows.num_rows for b in batches), sum(b.rejects.num_rows for b in batches)


def run(name, count, seed=20_260_102):
    """Totals of so many mutations: events, rejects, changed kind, and the slowest in seconds.

    Raises:
        AssertionError: When one is dropped in silence.
    """
    rng = random.Random(f"{name}/{seed}")
    events = rejects = other = 0
    slowest = 0.0
    for at in range(count):
        content = mutate(SAMPLES[name], rng)
        if at % WATCHED == 0:
            watch(MOST_SECONDS * WATCHED)
        with in_time():
            begun = time.process_time()
            other += sniff_log(content[:65536]) != name
            found, bad = outcome(name, content)
            slowest = max(slowest, time.process_time() - begun)
        if not found + bad and content.strip():
            watch(0)
            raise AssertionError(name, at, content[:500])
        events += found
        rejects += bad
    watch(0)
    return events, rejects, other, slowest


def test_every_reader_has_a_sample_that_it_reads_without_rejects():
    assert set(SAMPLES) == set(LOG_READERS)
    for name, sample in SAMPLES.items():
        events, rejects = outcome(name, sample)
        assert sniff_log(sample) == name
        assert events > 0, name
        assert rejects == 0, name


KEEPS_ANY_LINE = {"plain_text", "dns_query"}
"""Readers that keep a line of no known form as an event with its text."""


@pytest.mark.parametrize("name", LOG_READERS)
def test_no_mutation_crashes_hangs_or_is_dropped_in_silence(name):
    events, rejects, _other, slowest = run(name, FULL if os.environ.get("BONGSU_FULL") else QUICK)
    assert events > 0
    assert rejects > 0 or name in KEEPS_ANY_LINE
    assert slowest < MOST_SECONDS


ENDLESS = (
    b"{", b"[", b'"', b"\\", b"\n", b" ", b"<![CDATA[", b"<!--", b"<a>", b"<a ", b"<Data Name=", b"<?", b"&",
    b"a=[", b"a='", b'{"a":', b'{"a":"', b'[{"a":', b'"a":"b",', b"{},", b"; AAA=", b" for ", b"[\\", b"a=",
    b"type=A msg=audit(1.1:1): ", b"Jan  1 00:00:00 h ", b"<1>1 ", b'\n {"a"', b"A", b"=", b"\xff", b"\x00",
)  # fmt: skip
"""What readers search for, again and again: patterns must not go back over it."""


@pytest.mark.parametrize("name", LOG_READERS)
def test_nothing_endless_makes_a_reader_slow(name):
    for piece in ENDLESS:
        content = piece * (60_000 // len(piece))
        for log in (content, SAMPLES[name][:-30] + content, content + SAMPLES[name]):
            with in_time():
                sniff_log(log[:65536])
                events, rejects = outcome(name, log, 20_000)
            assert events + rejects > 0 or not log.strip(), (name, piece)


def test_the_harness_notices_a_reader_that_drops(monkeypatch):
    monkeypatch.setattr(f"{__name__}.outcome", lambda *_given: (0, 0))
    with pytest.raises(AssertionError):
        run("plain_text", 5)


def test_a_hang_is_ended(monkeypatch):
    monkeypatch.setattr(f"{__name__}.MOST_SECONDS", 0.05)
    with pytest.raises(TimeoutError), in_time():
        sum(1 for _ in range(10**9))


def main():
    """Prints the proof."""
    names = sys.argv[2:] or list(LOG_READERS)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FULL
    print("# Mutated logs\n")
    print(f"{count:,} seeded mutations of a small log for each reader: no crash, no hang, none dropped.")
    print(f"Printed by `PYTHONPATH=src:. python tests/test_mutated_logs.py {count}`; without a number it is")
    print(f"{FULL:,}, as in the tests with BONGSU_FULL=1.")
    print("A log taken for another kind is read as that; one taken for none is listed.\n")
    print("| reader | mutations | events read | rejects | taken for another kind or none | slowest, ms |")
    print("|---|---|---|---|---|---|")
    for name in names:
        events, rejects, other, slowest = run(name, count)
        print(
            f"| {name} | {count:,} | {events:,} | {rejects:,} | {other:,} | {slowest * 1000:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
