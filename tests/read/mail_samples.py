"""Small mails, boxes, reports and lockfiles, by name of the reader: harmless, and each is read whole."""

from tests.read.lock_samples import LOCK_SAMPLES
from tests.read.ole_file import ole_file

EML = b"""\
Return-Path: <bounce@mailer.example>
Received: from mx.thinktank.example (mx.thinktank.example [192.0.2.10])
\tby mx.firm.example with ESMTPS id 1 for <kim@firm.example>; Mon, 3 Jun 2024 09:00:02 +0900
Received: from unknown (HELO x) (203.0.113.7)
  by mx.thinktank.example with SMTP; Mon, 3 Jun 2024 09:00:00 +0900
Authentication-Results: mx.firm.example; spf=pass smtp.mailfrom=mailer.example;
 dmarc=fail (p=NONE) header.from=thinktank.example
DKIM-Signature: v=1; a=rsa-sha256; d=mailer.example; s=s1; h=from; bh=AA==; b=AA==
From: =?utf-8?B?7ZmN6ri464+Z?= <Hong@ThinkTank.example>
To: "Kim" <kim@firm.example>, lee@firm.example
Cc: park@other.example
Reply-To: hong.thinktank@freemail.example
Subject: =?utf-8?Q?Interview_request?=
Date: Mon, 3 Jun 2024 09:00:00 +0900
Message-ID: <a1@thinktank.example>
In-Reply-To: <a0@firm.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

preamble http://not.counted.example/
--b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

See https://drive.example/d?id=3D1 (or http://192.0.2.1:8080/x).
--b2
Content-Type: text/html

<a href="https://drive.example/d?a=1&amp;b=2">x</a>
--b2--
--b1
Content-Type: application/zip; name="questions.zip"
Content-Disposition: attachment; filename*=utf-8''%EC%A7%88%EB%AC%B8.zip
Content-Transfer-Encoding: base64

aGVsbG8K
--b1--
"""
MBOX = (
    b"From hong@thinktank.example Mon Jun  3 00:00:00 2024\n"
    + EML
    + b"\nFrom lee@firm.example Mon Jun  3 00:01:00 2024\n"
    + b"From: lee@firm.example\nTo: kim@firm.example\nSubject: Lunch\nDate: Mon, 3 Jun 2024 09:01:00 +0900\n"
    + b"\n>From noon on.\n"
)
_WIDE = {
    "007D001F": EML[: EML.index(b"MIME-Version")].decode(),
    "1000001F": "See https://drive.example/d",
}
MSG = ole_file(
    {f"__substg1.0_{code}": text.encode("utf-16-le") for code, text in _WIDE.items()}
    | {
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "questions.zip".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"hello".ljust(4096, b"!"),
    }
)
MAIL_SAMPLES: dict[str, bytes] = {name: bodies[0] for name, bodies in LOCK_SAMPLES.items()} | {
    "mail": MBOX,
    "outlook_msg": MSG,
}
"""One file a reader, for whoever damages it."""
