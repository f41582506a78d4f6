"""Bridges of fact files: what ships reads as stated, and what does not is refused by name."""

import pytest

from bongsu.errors import FactsError
from bongsu.facts import bridge_of, load_bridges, load_labels, load_services
from bongsu.facts.bridge import bridge_labels, read_bridge, references_of, signature_faults
from bongsu.facts.verify import verify_facts

BODY = """\
bridge:
  name: Ferry
  service: ferry
  linked_by: A number on either side.
  fee: deducted
  fee_basis_points: 30
  fee_note: A share.
  finality: Ten minutes.
  evm_numbers: false
  chains: |
    7 eip155:1
    9 eip155:56
contracts:
  - chain: "eip155:1"
    source: its makers
    confidence: 70
    asset: "eip155:1/slip44:60"
    table: |
      0xaa Ferry: dock
events:
  - declaration: Transfer(address indexed from, address indexed to, uint256 value)
    topic: "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
    direction: deposit
    transfer_id: ["@chain", "from[12:32]"]
    asset: "@emitter"
    amount: value
    accounts: [to]
"""


def test_bridge_of_a_file_and_its_labels(document):
    found = document("bridges", "ferry", BODY)
    bridge = read_bridge(found)
    assert (bridge.id, bridge.fee, bridge.fee_basis_points, bridge.evm_numbers) == (
        "ferry",
        "deducted",
        30,
        False,
    )
    assert [(c.number, c.chain) for c in bridge.chains] == [("7", "eip155:1"), ("9", "eip155:56")]
    assert (bridge.contracts[0].asset, bridge.contracts[0].confidence) == ("eip155:1/slip44:60", 70)
    (signature,) = bridge.signatures
    assert (signature.transfer_id, signature.accounts) == (("@chain", "from[12:32]"), ("to",))
    assert signature.confidence == 80
    assert list(signature_faults(bridge)) == []
    (label,) = bridge_labels(found, bridge)
    assert (label.category, label.entity, label.address) == ("bridge", "ferry", "0xaa")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("amount: value", "amount: worth", "has no value worth"),
        ("uint256 value)", "uint128 value)", "is not the topic of"),
        ("uint256 value)", "uint257 value)", "is no declaration"),
        ("from[12:32]", "from[32:12]", "has no value from"),
        ("accounts: [to]", "accounts: [nobody]", "has no value nobody"),
    ],
)
def test_what_does_not_read_as_stated_is_said(tmp_path, write_facts, old, new, said):
    assert old in BODY
    write_facts("bridges", "ferry", BODY.replace(old, new, 1).replace("0xaa", "0x" + "a" * 40))
    issues = [issue.message for issue in verify_facts(tmp_path)]
    assert len(issues) == 1
    assert said in issues[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fee: deducted", "fee: some"),
        ("direction: deposit", "direction: up"),
        ("  finality: Ten minutes.\n", ""),
    ],
)
def test_wrong_keys_are_refused(document, old, new):
    with pytest.raises(FactsError):
        read_bridge(document("bridges", "ferry", BODY.replace(old, new, 1)))


def test_contracts_may_be_not_established(document):
    before, _mark, rest = BODY.partition("contracts:\n")
    body = before + "contracts: not established\n" + rest[rest.index("events:") :]
    assert read_bridge(document("bridges", "ferry", body)).contracts == ()


ASKED_FOR = {
    "thorchain": "thorchain",
    "wormhole": "wormhole",
    "cctp": "",
    "layerzero": "",
    "across": "across",
    "celer-cbridge": "celer-cbridge",
    "multichain": "multichain",
    "poly": "",
    "ronin-bridge": "ronin-bridge",
    "nomad": "nomad",
    "avalanche-bridge": "avalanche-bridge",
    "debridge": "debridge",
    "hop": "hop",
}


def test_asked_for_bridges_ship_and_link_either_side():
    bridges = load_bridges()
    assert {slug: bridge.service for slug, bridge in bridges.items()} == ASKED_FOR
    assert {bridge.service for bridge in bridges.values() if bridge.service} <= set(load_services())
    for bridge in bridges.values():
        for direction in ("deposit", "withdrawal"):
            own = [s for s in bridge.signatures if s.direction == direction]
            assert any(s.transfer_id or s.memo for s in own), (bridge.id, direction)
        assert bridge.contracts
        assert all(s.source and s.confidence >= 50 for s in bridge.signatures)


def test_every_number_that_a_literal_names_is_a_chain():
    for bridge in load_bridges().values():
        numbers = {found.number for found in bridge.chains}
        for signature in bridge.signatures:
            if signature.other_chain.startswith("="):
                named = signature.other_chain[1:]
                assert ":" in named or named in numbers or bridge.evm_numbers


def test_published_topics_are_ours():
    """Topics as public decoders print them, not as computed here."""
    ours = {s.topic for bridge in load_bridges().values() for s in bridge.signatures}
    published = {
        "0x6eb224fb001ed210e379b335e35efe88672a8ce935d981a6896b27ffdf52a3b2",  # Wormhole message
        "0xafc4df6845a4ab948b492800d3d8a25d538a102a2bc07cd01f1cfa097fddcff6",  # Across deposit V2
        "0x8ab9dc6c19fe88e69bc70221b339c84332752fdd49591b7c51e66bae3947b73c",  # Across fill V2
        "0xa123dc29aebf7d0c3322c8eeb5b999e859f39937950ed31056532713d0de396f",  # Across deposit V3
        "0x8a4a2663ce60ce4955c595da2894de0415240f1ace024cfbff85f513b656bdae",  # Poly arrival
        "0x8636abd6d0e464fe725a13346c7ac779b73561c705506044a2e6b2cdb1295ea5",  # Poly lock
        "0x86174ea401f083b9bb1bdebca3068f27fb023c7091365ed2a8a02b8d75cf0e52",  # Ronin withdrawal V1
        "0xd7b25068d9dc8d00765254cfb7f5070f98d263c8d68931d937c7362fa738048b",  # Ronin deposit V2
        "0x21e88e956aa3e086f6388e899965cef814688f99ad8bb29b08d396571016372d",  # Ronin withdrawal V2
        "0xa3d219cf126a12be40d7ad1ceef46231c987988dd4e686457b610e1b6b80a4bf",  # Nomad send
        "0x9f9a97db84f39202ca3b409b63f7ccf7d3fd810e176573c7483088b6f181bbbb",  # Nomad receipt
        "0x9d4c83d2e57d7d381feb264b44a5015e7f9ef26340f4fc46b558a6dc16dd811a",  # Nomad dispatch
        "0x8e5841bcd195b858d53b38bcf91b38d47f3bc800469b6812d35451ab619c6f6c",  # THORChain payment with call
    }
    assert published <= ours


def test_an_address_names_its_bridge():
    assert bridge_of("eip155:1", "0x1a2a1c938ce3ec39b6d47113c7955baa9dd454f2").id == "ronin-bridge"
    assert bridge_of("eip155:1", "0xd37bbe5744d730a1d98d8dc97c42f0ca46ad7146").id == "thorchain"
    assert bridge_of("eip155:56", "0x1a2a1c938ce3ec39b6d47113c7955baa9dd454f2") is None
    assert bridge_of("eip155:1", "0x28c6c06298d514db089934071355e5743bf21d60") is None


def test_contracts_are_labeled_once():
    seen = [(x.chain, x.address) for x in load_labels() if x.category == "bridge"]
    assert len(seen) == len(set(seen))


def test_references_are_all_of_them():
    (signature,) = [s for s in load_bridges()["wormhole"].signatures if s.direction == "deposit"]
    assert "payload[0:1] as uint" in references_of(signature)
    assert "sender" in references_of(signature)
