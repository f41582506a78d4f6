"""A lead in a file, as a screening hands it over, traced in one command."""

import json

import pytest
from tests.data.check_case import THIEF, VICTIM, small_ledger
from tests.data.command import refused, said

from bongsu.app.jobs.lead_file import NamedLead, lead_named, marking_with, read_lead
from bongsu.errors import FormatError, InputError, ReleaseError
from bongsu.model.marking import Marking, Tlp

CHECKSUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
STRICT = {"tlp": "TLP:AMBER+STRICT", "releasable_to": None}


def lead(path, *wallets, **more):
    found = {"schema": "bongsu.lead/1", "source": "bongsu screen 2026-03-01", "marking": STRICT}
    path.write_text(json.dumps(found | {"wallets": list(wallets)} | more))
    return path


def wallet(address, chain="eip155:*"):
    return {"chain": chain, "address": address, "why": ["Pay of 4 people."]}


def test_wallets_become_one_victim_in_canonical_form(tmp_path):
    path = lead(tmp_path / "w.json", wallet(CHECKSUM), wallet(CHECKSUM.lower()), wallet(THIEF, "eip155:1"))
    found = read_lead(path)
    (theft,) = found.lead.thefts
    assert [(one.chain, one.address) for one in theft.sources] == [
        ("eip155:*", CHECKSUM.lower()),
        ("eip155:1", THIEF),
    ]
    assert found.lead.title == "2 wallets of bongsu screen 2026-03-01"
    assert "Pay of 4 people." in found.lead.notes
    assert found.marking.tlp == Tlp.AMBER_STRICT


def test_a_trace_is_never_less_strict_than_its_lead(tmp_path):
    strict, clear = (
        Marking(tlp=Tlp.AMBER_STRICT, releasable_to=None),
        Marking(tlp=Tlp.CLEAR, releasable_to=None),
    )
    assert marking_with(None, strict) == strict
    assert marking_with(clear, strict).tlp == Tlp.AMBER_STRICT
    assert marking_with(None, clear).tlp == Tlp.AMBER


@pytest.mark.parametrize(
    ("text", "error", "why"),
    [
        ("{", FormatError, "not of schema"),
        ('{"schema": "bongsu.lead/1"}', FormatError, "not of schema"),
        ('{"schema": "bongsu.lead/1", "wallets": []}', InputError, "names no wallet"),
        ('{"schema": "bongsu.lead/1", "wallets": [1]}', FormatError, "Cannot use lead"),
        (json.dumps({"schema": "bongsu.lead/1", "wallets": [wallet("0x1")]}), FormatError, "Cannot use lead"),
        (json.dumps({"schema": "bongsu.lead/1", "wallets": [wallet(THIEF)]}), ReleaseError, "marking"),
    ],
)
def test_what_is_no_lead_is_refused(tmp_path, text, error, why):
    (tmp_path / "w.json").write_text(text)
    with pytest.raises(error, match=why):
        read_lead(tmp_path / "w.json")


def test_a_file_stands_alone(tmp_path):
    path = lead(tmp_path / "w.json", wallet(THIEF))
    assert lead_named(NamedLead([], [], [], file=path), None)[0].kind == "addresses"
    assert lead_named(NamedLead([], [THIEF], []), None)[1] is None
    with pytest.raises(InputError, match="stands alone"):
        lead_named(NamedLead(["ronin-2022"], [], [], file=path), None)
    with pytest.raises(InputError, match="No such file"):
        read_lead(tmp_path / "nothing")


def test_it_is_traced_in_one_command(tmp_path):
    ledger = small_ledger(tmp_path)
    path = lead(tmp_path / "w.json", wallet(THIEF), wallet(CHECKSUM))
    (document,) = said("trace", "--lead", path, "--ledger", ledger, "--json", cwd=tmp_path)
    assert document["endpoints"]
    assert document["marking"] == STRICT
    (plain,) = said("trace", "--from", THIEF, "--ledger", ledger, "--json", cwd=tmp_path)
    assert [one["address"] for one in plain["endpoints"]] == [one["address"] for one in document["endpoints"]]
    refused("trace", "--lead", path, "--from", VICTIM, "--ledger", ledger, why="stands alone", cwd=tmp_path)
