"""What an event's facts refer to is read from the log, and nothing else."""

import pytest
from tests.data.abi_log import batch_of, make_log

from bongsu.facts.bridge import read_bridge
from bongsu.facts.document import read_document
from bongsu.model.abi import topic_of
from bongsu.normalize import bridge_event
from bongsu.normalize.bridge_event import normalize
from bongsu.normalize.context import Context

CHAIN = "eip155:1"
DOCK, OTHER, TOKEN = "0x" + "0d" * 20, "0x" + "0e" * 20, "0x" + "0f" * 20
SIGNATURE = "Gone(uint256,address,bytes32,uint256,uint256,uint64)"
FACTS = f"""\
title: A case
sources: ["Somebody, a document: example.org"]
retrieved: 2024-05-06
license: Facts
confidence: 80
marking: "TLP:CLEAR"
bridge:
  name: Ferry
  linked_by: A number.
  fee: none
  fee_basis_points: null
  fee_note: Nothing.
  finality: At once.
  evm_numbers: false
  chains: |
    7 {CHAIN}
    9 eip155:56
contracts:
  - chain: "{CHAIN}"
    asset: "{CHAIN}/slip44:60"
    table: |
      {DOCK} dock
events:
  - declaration: >-
      Gone(uint256 indexed n, address token, bytes32 to, uint256 amount, uint256 fee, uint64 chain)
    topic: "{topic_of(SIGNATURE)}"
    direction: deposit
KEYS
"""


@pytest.fixture
def decode(tmp_path, monkeypatch):
    """Function that decodes logs of the event by facts that have these keys more."""

    def run(keys, *values, emitter=DOCK, chain=CHAIN, rejects=0):
        path = tmp_path / "bridges" / "ferry.yaml"
        path.parent.mkdir(exist_ok=True)
        lines = "".join(f"    {key}: {value}\n" for key, value in keys.items())
        path.write_text(FACTS.replace("KEYS\n", lines))
        bridge = read_bridge(read_document(path))
        monkeypatch.setattr(bridge_event, "load_bridges", lambda: {"ferry": bridge})
        bridge_event.known_topics.cache_clear()
        declaration = bridge.signatures[0].declaration
        rows = [make_log(declaration, value, emitter=emitter) for value in values]
        found = normalize(batch_of(rows), Context(chain=chain))
        assert found.rejects.num_rows == rejects
        return found.events.to_pylist()

    yield run
    bridge_event.known_topics.cache_clear()


def test_an_id_is_made_of_its_parts(decode):
    keys = {"transfer_id": '["@chain", "=x", "n", "to[0:2]", "token[0:32]", "@tx"]'}
    (event,) = decode(keys, {"n": 2**70, "token": TOKEN, "to": b"\xff" * 32})
    expected = ["7", "x", str(2**70), "0xffff", "0x" + "00" * 12 + "0f" * 20, "0x" + "ab" * 32]
    assert event["transfer_id"] == ":".join(expected)


def test_a_chain_without_a_number_has_no_id(decode):
    (event,) = decode({"transfer_id": '["@chain", "n"]'}, {"n": 3}, chain="eip155:250")
    assert event["transfer_id"] is None


def test_numbers_of_chains_are_the_bridge_s_own(decode):
    found = decode({"other_chain": "chain"}, {"chain": 9}, {"chain": 56}, {"chain": 7})
    assert [e["other_chain"] for e in found] == ["eip155:56", None, CHAIN]
    (event,) = decode({"other_chain": '"=eip155:10"'}, {})
    assert event["other_chain"] == "eip155:10"


def test_assets(decode):
    (event,) = decode({"asset": "token"}, {"token": TOKEN})
    assert event["asset"] == f"{CHAIN}/erc20:{TOKEN}"
    (event,) = decode({"asset": "token"}, {})
    assert event["asset"] == f"{CHAIN}/slip44:60"
    (event,) = decode({"asset": '"@moved"'}, {})
    assert event["asset"] == f"{CHAIN}/slip44:60"
    (event,) = decode({"asset": '"@moved"'}, {}, emitter=OTHER)
    assert event["asset"] is None
    (event,) = decode({"asset": '"@emitter"'}, {}, emitter=TOKEN)
    assert event["asset"] == f"{CHAIN}/erc20:{TOKEN}"
    (event,) = decode({"asset": "token", "asset_chain": "chain"}, {"token": TOKEN, "chain": 9})
    assert event["asset"] is None


def test_an_amount_that_no_ledger_holds_is_a_reject(decode):
    (event,) = decode({"amount": "amount"}, {"amount": 10**38 - 1}, {"amount": 10**38}, rejects=1)
    assert int(event["amount"]) == 10**38 - 1


def test_conditions_choose_logs(decode):
    keys = {"when": '"chain=7,9"', "transfer_id": "[n]"}
    found = decode(keys, {"n": 1, "chain": 7}, {"n": 2, "chain": 8}, {"n": 3, "chain": 9})
    assert [e["transfer_id"] for e in found] == ["1", "3"]
    found = decode(
        {"contracts": "[token]", "transfer_id": "[n]"}, {"n": 1, "token": DOCK}, {"n": 2, "token": OTHER}
    )
    assert [e["transfer_id"] for e in found] == ["1"]
    assert decode({"accounts": "[token]"}, {"token": DOCK}) == []


def test_beneficiaries_of_other_networks_stay_as_they_are(decode):
    key = b"\xee" * 32
    found = decode({"beneficiary": "to as address"}, {"to": bytes(12) + b"\x0f" * 20}, {"to": key})
    assert [e["beneficiary"] for e in found] == [TOKEN, "0x" + key.hex()]
