"""Looking facts up, and importing labels."""

import json

import pytest

from bongsu.app.jobs.facts import import_labels, search_facts, show_fact
from bongsu.errors import AddressError, FactsError, FormatError, InputError
from bongsu.store.label import read_label_rejects, read_labels

THIEF = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
POOL = "0x910cbd523d972eb0a6f4cae4618ad62622b39dbf"


def test_incident_is_shown_whole_with_checksums():
    (fact,) = show_fact("ronin-2022")
    assert (fact["kind"], fact["date"]) == ("incident", "2022-03-23")
    assert fact["sources"][0]["address"] == "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
    json.dumps(fact)


def test_service_and_issuer_are_shown_by_slug():
    assert show_fact("thorchain")[0]["kind"] == "service"
    assert {fact["symbol"] for fact in show_fact("circle")} == {"USDC", "EURC"}


@pytest.mark.parametrize("text", [THIEF, "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"])
def test_address_is_shown_by_all_that_name_it(text):
    facts = show_fact(text)
    assert [fact["kind"] for fact in facts] == ["label", "label", "sanction"]
    assert {fact.get("category") for fact in facts} == {"theft", "sanctioned", None}


def test_address_of_a_token_is_its_asset():
    kinds = {fact["kind"] for fact in show_fact("0xdac17f958d2ee523a2206206994597c13d831ec7")}
    assert "asset" in kinds


def test_delisting_shows():
    (sanction,) = [fact for fact in show_fact(POOL) if fact["kind"] == "sanction"]
    assert sanction["delisted"] == "2025-03-21"


def test_unknown_names_have_hints():
    with pytest.raises(FactsError) as caught:
        show_fact("ronin-2023")
    assert "ronin-2022" in caught.value.hint
    with pytest.raises(FactsError) as caught:
        show_fact("0x" + "12" * 20)
    assert "clean" in caught.value.hint
    with pytest.raises(AddressError):
        show_fact("0x098B716b8Aaf21512996dC57EB0615e2383E2f96")


def test_search_finds_text_in_any_case():
    kinds = [(fact["kind"], fact.get("id")) for fact in search_facts("DMM Bitcoin")]
    assert ("incident", "dmm-2024") in kinds
    assert any(kind == "label" for kind, _id in kinds)
    assert list(search_facts("no such text anywhere")) == []
    assert {fact["kind"] for fact in search_facts("sinbad")} >= {"service", "sanction", "label"}


def test_search_by_part_of_an_address():
    assert {fact["kind"] for fact in search_facts(THIEF[:20])} == {"label", "sanction"}


def write(tmp_path, text, name="mine.csv"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_import_counts_and_is_idempotent(tmp_path):
    path = write(
        tmp_path,
        f"address,label,actor\n{THIEF},Huobi 3,huobi\n{POOL},gizmo,nobody\nbad,x,\n",
    )
    (first,) = import_labels([path], tmp_path / "ledger", license_name="CC0")
    assert (first.format, first.labels, first.written) == ("csv", 2, 2)
    assert first.rejects == {"bad_address": 1}
    assert first.first_rejects["bad_address"].startswith("3: ")
    (second,) = import_labels([path], tmp_path / "ledger", license_name="CC0")
    assert (second.labels, second.written) == (2, 0)
    known, unknown = read_labels(tmp_path / "ledger").to_pylist()
    assert (known["entity"], known["category"], known["license"]) == ("htx", "exchange", "CC0")
    assert (unknown["entity"], unknown["category"]) == ("", "other")
    (reject,) = read_label_rejects(tmp_path / "ledger").to_pylist()
    assert reject["source"] == first.sha256
    json.dumps(first.document())


def test_lists_of_two_coins_with_the_same_address_are_both_kept(tmp_path):
    files = [write(tmp_path, THIEF + "\n", f"sanctioned_addresses_{coin}.txt") for coin in ("BSC", "ARB")]
    assert [done.written for done in import_labels(files, tmp_path / "out")] == [1, 1]
    assert sorted(read_labels(tmp_path / "out")["chain"].to_pylist()) == ["eip155:42161", "eip155:56"]


def test_nothing_is_written_where_one_file_is_unknown(tmp_path):
    good = write(tmp_path, f"address,label\n{THIEF},x\n")
    bad = write(tmp_path, "hello\n", "bad.txt")
    with pytest.raises(FormatError):
        list(import_labels([good, bad], tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    with pytest.raises(InputError):
        list(import_labels([tmp_path / "absent.csv"], tmp_path / "out", format_name="csv"))


def test_real_dump_recognizes_hot_wallets(onchain, tmp_path):
    path = onchain / "labels" / "etherscan-labels" / "etherscan.combinedAccountLabels.json.gz"
    (done,) = import_labels([path], tmp_path)
    assert (done.labels, done.written, dict(done.rejects)) == (23_288, 23_288, {})
    rows = {row["address"]: row for row in read_labels(tmp_path).to_pylist()}
    assert rows["0x28c6c06298d514db089934071355e5743bf21d60"]["category"] == "exchange"
    assert rows["0xdac17f958d2ee523a2206206994597c13d831ec7"]["category"] == "other"


def test_table_without_rows_is_no_labels(tmp_path):
    (done,) = import_labels([write(tmp_path, "address,label\n")], tmp_path / "ledger")
    assert (done.labels, done.written, done.rejects) == (0, 0, {})
