"""Small mails, boxes, reports and lockfiles, by name of the reader: harmless, and each is read whole."""

import base64
import gzip

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
DMARC = b"""\
<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <report_metadata>
    <org_name>receiver.example</org_name>
    <email>noreply@receiver.example</email>
    <report_id>1</report_id>
    <date_range><begin>1717372800</begin><end>1717459199</end></date_range>
  </report_metadata>
  <policy_published>
    <domain>firm.example</domain>
    <adkim>r</adkim><p>none</p><sp>none</sp><pct>100</pct>
  </policy_published>
  <record>
    <row><source_ip>192.0.2.10</source_ip><count>7</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row>
    <identifiers><header_from>firm.example</header_from></identifiers>
    <auth_results><dkim><domain>firm.example</domain><selector>s1</selector><result>pass</result></dkim>
      <spf><domain>firm.example</domain><result>pass</result></spf></auth_results></record>
  <record>
    <row><source_ip>203.0.113.7</source_ip><count>2</count>
      <policy_evaluated><disposition>quarantine</disposition><dkim>fail</dkim><spf>fail</spf>
        <reason><type>forwarded</type></reason></policy_evaluated></row>
    <identifiers><header_from>firm.example</header_from></identifiers>
    <auth_results><spf><domain>evil.example</domain><result>pass</result></spf></auth_results></record>
</feedback>
"""
DMARC_MAIL = (
    b"From: noreply@receiver.example\nTo: dmarc@firm.example\nDate: Tue, 4 Jun 2024 00:00:00 +0000\n"
    b"Subject: Report Domain: firm.example Submitter: receiver.example Report-ID: 1\n"
    b"Content-Type: application/gzip; name=r.xml.gz\nContent-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(gzip.compress(DMARC, mtime=0))
)
MAIL_SAMPLES: dict[str, bytes] = {name: bodies[0] for name, bodies in LOCK_SAMPLES.items()} | {
    "mail": MBOX,
    "outlook_msg": MSG,
    "dmarc_report": DMARC,
}
"""One file a reader, for whoever damages it."""
