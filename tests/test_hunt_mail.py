"""A mail that was sent in another's name is found in a folder, and proven by saved answers of the DNS."""

import dataclasses
import gzip

import pytest

from bongsu.app.jobs.hunt import hunt_files
from bongsu.app.jobs.hunt_setup import HuntRequest

MAIL = b"""Return-Path: <a@brand.example>
Received: from x (x [192.0.2.9]) by mx.firm.example; Mon, 3 Jun 2024 09:00:00 +0900
From: Hong Gildong <hong@thinktank.example>
Reply-To: hong.thinktank@gmail.com
To: kim@firm.example
Subject: Interview request on North Korea
Date: Mon, 3 Jun 2024 09:00:00 +0900
Message-ID: <m1@brand.example>

May we talk about the paper?
"""
ANSWERS = """\
thinktank.example. 3600 IN TXT "v=spf1 ip4:198.51.100.1 -all"
_dmarc.thinktank.example. 3600 IN TXT "v=DMARC1; p=none"
brand.example. 3600 IN TXT "v=spf1 ip4:198.51.100.1 -all"
"""


@pytest.fixture
def request_(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "one.eml.gz").write_bytes(gzip.compress(MAIL))
    (tmp_path / "people.csv").write_text("name,domain\nHong Gildong,thinktank.example\n")
    (tmp_path / "answers.zone").write_text(ANSWERS)
    return HuntRequest(
        paths=(tmp_path / "mail",), processes=1, shipped_rules=False, people=(tmp_path / "people.csv",),
        own_domains=("firm.example",), trusted_hosts=("mx.firm.example",),
    )  # fmt: skip


def test_what_headers_say_is_a_finding_and_what_is_computed_a_stronger_one(request_, tmp_path):
    (claimed,) = [one for one in hunt_files(request_).found.sightings if one.kind == "mail"]
    proven_by = dataclasses.replace(request_, answers=(tmp_path / "answers.zone",))
    (proven,) = [one for one in hunt_files(proven_by).found.sightings if one.kind == "mail"]
    assert claimed.value == proven.value == "hong@thinktank.example"
    assert (claimed.level, proven.level) == ("medium", "high")
    assert proven.evidence[0].sha256 == "#0"
