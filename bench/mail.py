"""`python -m bench.mail`: mails and entries of lockfiles a second, and the memory that a large box takes.

All of it is made. Beside it: the standard library's header parser and its whole parser on the same mails.
"""

import email
import email.policy
import io
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from email.parser import BytesHeaderParser
from typing import Any, BinaryIO

from bench.clock import peak_bytes
from bench.machine import describe_machine
from bongsu.analyze.look_alike import LookAlikes, shipped_institutions, shipped_right
from bongsu.analyze.mail import MailWatch
from bongsu.analyze.mail_auth import authenticate
from bongsu.analyze.mail_reason import MailLists
from bongsu.model.dns import DnsAnswers
from bongsu.normalize.log import block_of
from bongsu.read import cargo_lock, go_sum, mail, npm_lock, pnpm_lock, python_lock, yarn_lock
from bongsu.read.mail_box import letters_of

SEED, MAILS, ENTRIES, LARGE = 20_261_126, 20_000, 100_000, 10
_ROWS = 20_000
DIGEST = "sha512-" + "A" * 86 + "=="


def made_mails(count: int, seed: int = SEED) -> Iterator[bytes]:
    """Mails of a firm: most of them plain, some with parts, links and an attachment."""
    dice = random.Random(seed)
    for number in range(count):
        domain = f"body{dice.randrange(400)}.example"
        sender = f"person{dice.randrange(2000)}@{domain}"
        head = (
            f"Return-Path: <{sender}>\n"
            f"Received: from mx{dice.randrange(99)}.example (mx [198.51.100.{dice.randrange(256)}])\n"
            f"\tby mx.firm.example with ESMTPS id {number}; Mon, 3 Jun 2024 09:00:00 +0900\n"
            f"Authentication-Results: mx.firm.example; spf=pass smtp.mailfrom={sender};\n"
            f" dkim=pass header.d={domain}; dmarc=pass header.from={domain}\n"
            f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=s1;\n"
            f" h=from:to:subject:date; bh={'A' * 43}=; b={'B' * 340}==\n"
            f"From: Person {number} <{sender}>\n"
            f"To: kim{dice.randrange(200)}@firm.example, lee@firm.example\n"
            f"Subject: Matter {number} of {dice.randrange(1000)}\n"
            f"Date: Mon, 3 Jun 2024 09:{number % 60:02}:00 +0900\n"
            f"Message-ID: <{number}@{domain}>\nMIME-Version: 1.0\n"
        )
        words = " ".join(f"word{dice.randrange(5000)}" for _ in range(120))
        link = f"https://site{number % 500}.example/x"
        if number % 4:
            yield f"{head}Content-Type: text/plain; charset=utf-8\n\n{words}\n{link}\n".encode()
            continue
        parts = (
            f"{head}Content-Type: multipart/mixed; boundary=b1\n\n--b1\nContent-Type: text/html\n\n"
            f'<p>{words}<a href="{link}">y</a>\n--b1\nContent-Type: application/pdf; name=a.pdf\n'
            f'Content-Disposition: attachment; filename="a{number}.pdf"\n'
            "Content-Transfer-Encoding: base64\n\n"
        )
        yield parts.encode() + b"QUJD" * 2000 + b"\n--b1--\n"


def box_of(mails: Iterator[bytes]) -> bytes:
    """Mails as an mbox."""
    return b"".join(b"From x@y.example Mon Jun  3 09:00:00 2024\n" + one + b"\n" for one in mails)


LINES: dict[str, tuple[Any, str, Callable[[int], str]]] = {
    "yarn": (
        yarn_lock,
        "# yarn lockfile v1\n\n",
        lambda i: (
            f'p{i}@^1:\n  version "1.0.{i}"\n  resolved "https://r.example/{i}"\n  integrity {DIGEST}\n\n'
        ),
    ),
    "pnpm": (
        pnpm_lock,
        "lockfileVersion: '9.0'\npackages:\n\n",
        lambda i: f"  p{i}@1.0.{i}:\n    resolution: {{integrity: {DIGEST}}}\n\n",
    ),
    "requirements": (python_lock, "", lambda i: f"p{i}==1.0.{i} --hash=sha256:{'a' * 64}\n"),
    "go": (go_sum, "", lambda i: f"r.example/p{i} v1.0.{i} h1:{'A' * 43}=\n"),
    "cargo": (
        cargo_lock,
        "version = 3\n\n",
        lambda i: f'[[package]]\nname = "p{i}"\nversion = "1.0.{i}"\nchecksum = "{"a" * 64}"\n\n',
    ),
}
"""Reader, first lines and one entry of lockfiles that are lines."""


def lockfiles(entries: int = ENTRIES) -> dict[str, tuple[Any, bytes]]:
    """Reader and bytes of a lockfile of each family."""
    npm = {
        f"node_modules/@s{i % 999}/p{i}": {
            "version": f"1.0.{i}",
            "resolved": f"https://r.example/p{i}.tgz",
            "integrity": DIGEST,
        }
        for i in range(entries)
    }
    whole = json.dumps({"lockfileVersion": 3, "packages": npm}, indent=2).encode()
    made = {
        name: (reader, (head + "".join(map(line, range(entries)))).encode())
        for name, (reader, head, line) in LINES.items()
    }
    return {"npm": (npm_lock, whole), **made}


def rows_of(reader: Any, file: BinaryIO) -> int:  # noqa: ANN401
    """Rows that a reader gives."""
    return sum(one.rows.num_rows for one in reader.read(file, batch_rows=_ROWS))


def _lines() -> Iterator[tuple[str, str]]:
    box = box_of(made_mails(MAILS))
    mails = [one.raw for one in letters_of(io.BytesIO(box))]
    some, few = mails[: MAILS // 10], mails[:500]
    yield "mails", f"{MAILS:,}, {len(box) / 1e6:.0f} MB, a quarter with an attachment"
    yield _rate("read: headers, parts, links, hashes", MAILS, lambda: rows_of(mail, io.BytesIO(box)))
    yield _rate(
        "standard library, headers alone", MAILS, lambda: _counted(BytesHeaderParser().parsebytes, mails)
    )
    yield _rate("standard library, all, default policy", len(some), lambda: _counted(_walked, some))
    yield _rate("read and watch: reasons, look-alikes", MAILS, lambda: _watched(box))
    yield _rate("prove: SPF, DKIM, DMARC", len(few), lambda: _counted(_proven, few))
    yield from _flat(box)
    for name, (reader, body) in lockfiles().items():
        title = f"lockfile of {name}, {len(body) / 1e6:.0f} MB"
        yield _rate(title, ENTRIES, lambda r=reader, b=body: rows_of(r, io.BytesIO(b)))  # type: ignore[misc]


def _counted(call: Callable[[bytes], object], mails: list[bytes]) -> int:
    return len([call(one) for one in mails])


def _proven(raw: bytes) -> object:
    return authenticate(raw, DnsAnswers())


def _walked(raw: bytes) -> object:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return [message["from"], message["subject"], *[one.get_payload(decode=True) for one in message.walk()]]


def _watched(box: bytes) -> int:
    """Mails that a watch was fed."""
    watch = MailWatch(
        MailLists(look_alikes=LookAlikes(shipped_institutions(), shipped_right())), ["mx.firm.example"]
    )
    count = 0
    for batch in mail.read(io.BytesIO(box), batch_rows=_ROWS):
        watch.feed(block_of(batch)[0], "0" * 64)
        count += batch.rows.num_rows
    watch.sightings()
    return count


def _flat(box: bytes) -> Iterator[tuple[str, str]]:
    """Memory that a box many times as large adds."""
    with tempfile.TemporaryFile() as file:
        for _ in range(LARGE):
            file.write(box)
        size, before = file.tell(), peak_bytes()
        file.seek(0)
        count = rows_of(mail, file)
        yield (
            f"a box of {size / 1e9:.1f} GB",
            f"{count:,} mails, {(peak_bytes() - before) / 2**20:.0f} MiB more at its peak",
        )


def _rate(name: str, count: int, call: Callable[[], int]) -> tuple[str, str]:
    """Rate by the clock, and by the processor's time, which other work does not slow; best of three."""
    clock, spent = [], []
    for _ in range(3):
        before = time.perf_counter(), time.process_time()
        assert call() == count, name
        clock.append(time.perf_counter() - before[0])
        spent.append(time.process_time() - before[1])
    return name, f"{count / min(clock):,.0f} a second, {count / min(spent):,.0f} a second of processor"


def main() -> None:
    """Nothing; measures and prints."""
    for name, value in [*describe_machine()[:6], *_lines()]:
        print(f"{name:44} {value}", flush=True)


if __name__ == "__main__":
    main()
