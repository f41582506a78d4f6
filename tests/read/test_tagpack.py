"""GraphSense TagPacks."""

import gzip

import pytest

from bongsu.errors import FormatError
from bongsu.read.sniff import read_head
from bongsu.read.tagpack import read, sniff

PACK = """\
title: A pack
creator: Somebody
currency: ETH
category: exchange
confidence: service_data
actor: binance
source: https://example.org
tags:
- address: 0x098B716B8Aaf21512996dC57EB0615e2383E2f96
  label: Exploiter
  abuse: service_hack
- address: 34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo
  currency: BTC
  confidence: ownership
  label: Cold wallet
- label: no address here
- address: t1R2tWtBWr7Us5PSXoLJZgEPoxPbNL8uk5C
  currency: ZEC
"""


def rows(path):
    (batch,) = read(path)
    return batch.labels.to_pylist(), batch.rejects.to_pylist()


def test_tags_inherit_the_header(tmp_path):
    path = tmp_path / "pack.yaml"
    path.write_text(PACK)
    assert sniff(path, read_head(path))
    (thief, wallet), rejects = rows(path)
    assert thief["address"] == "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
    assert (thief["category"], thief["entity"], thief["confidence"]) == ("theft", "binance", 70)
    assert (wallet["category"], wallet["confidence"], wallet["name"]) == ("exchange", 100, "Cold wallet")
    assert wallet["source"] == "https://example.org"
    assert [(r["locator"], r["rule"]) for r in rejects] == [(3, "no_address"), (4, "unknown_chain")]


@pytest.mark.parametrize("text", ["tags: [\n", "title: x\ntags: none\n", "- 1\n", "title: x\n"])
def test_file_without_tags_is_an_error(tmp_path, text):
    path = tmp_path / "pack.yaml"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"pack\.yaml"):
        list(read(path))


def test_cut_off_archive_is_an_error(tmp_path):
    path = tmp_path / "pack.yaml.gz"
    path.write_bytes(gzip.compress(PACK.encode() * 50)[:-20])
    with pytest.raises(FormatError):
        list(read(path))


def test_real_pack_of_the_fbi_list(onchain):
    path = onchain / "labels" / "graphsense-tagpacks" / "lazarus2.yaml.gz"
    assert sniff(path, read_head(path))
    labels, rejects = rows(path)
    assert len(labels) == 6
    assert rejects == []
    assert {label["category"] for label in labels} == {"sanctioned"}
    assert labels[0]["source"].startswith("https://www.fbi.gov/")


def test_real_pack_with_chains_that_have_no_rules(onchain):
    labels, rejects = rows(onchain / "labels" / "graphsense-tagpacks" / "exchange-wallets-binance.yaml.gz")
    assert (len(labels), len(rejects)) == (45, 41)
    assert {r["rule"] for r in rejects} == {"unknown_chain"}


def test_actor_pack_is_none(onchain):
    path = onchain / "labels" / "graphsense-tagpacks" / "graphsense.actorpack.yaml.gz"
    assert not sniff(path, read_head(path))
