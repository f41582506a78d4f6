from datetime import UTC, datetime

import pytest

from bongsu.app.jobs.lead import account_of, incident_lead, lead_of, marking_of, moment_of
from bongsu.errors import AddressError, FactsError, InputError, LeadError
from bongsu.facts.load import find_incident
from bongsu.model.asset import BITCOIN, ETHEREUM, TRON
from bongsu.model.marking import Marking, Tlp

EVM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
"""With its checksum: the first example of EIP-55."""
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
"""The first example of BIP 173."""
GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
USDT_TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"


@pytest.mark.parametrize(
    ("text", "chain", "address"),
    [
        (EVM, "eip155:*", EVM.lower()),
        (EVM.lower(), "eip155:*", EVM.lower()),
        (f" {EVM.lower()}\n", "eip155:*", EVM.lower()),
        (SEGWIT.upper(), BITCOIN, SEGWIT),
        (GENESIS, BITCOIN, GENESIS),
        (USDT_TRON, TRON, USDT_TRON),
        (f"eip155:56:{EVM}", "eip155:56", EVM.lower()),
        (f"{BITCOIN}:{GENESIS}", BITCOIN, GENESIS),
    ],
)
def test_an_account_is_told_from_the_form_or_its_id(text, chain, address):
    found = account_of(text)
    assert (found.chain, found.address) == (chain, address)


def test_a_chain_that_is_said_holds_unless_the_id_says_another():
    assert account_of(EVM, "eip155:137").chain == "eip155:137"
    assert account_of(f"eip155:56:{EVM}", "eip155:137").chain == "eip155:56"


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        (EVM[:-1] + "D", "bad_checksum", "checksum"),
        (GENESIS[:-1] + "b", "bad_checksum", "checksum"),
        (USDT_TRON[:-1] + "u", "bad_checksum", "checksum"),
        (f"eip155:1:{EVM[:-1]}D", "bad_checksum", "checksum"),
        (EVM[:-1], "bad_address", "no address"),
        ("hello", "bad_address", "hello: it is no address"),
        ("", "bad_address", "'': it is no address"),
        ("foo:bar:baz", "unknown_chain", "chain foo:bar"),
        (f"ethereum:{EVM}", "bad_address", "no address"),
    ],
)
def test_what_is_no_address_is_refused_by_its_rule(text, rule, why):
    with pytest.raises(AddressError, match=why) as caught:
        account_of(text)
    assert caught.value.rule == rule
    assert caught.value.hint


def test_an_address_of_another_chain_is_refused():
    with pytest.raises(AddressError):
        account_of(GENESIS, ETHEREUM)


@pytest.mark.parametrize("chain", ["nonsense", "eip155", "eip155:", "EIP155:1", "eip155:1/x", ":1"])
def test_a_chain_that_is_no_id_is_refused(chain):
    with pytest.raises(AddressError, match="no CAIP-2 id"):
        account_of("0x" + "1" * 40, chain)


def test_a_lead_of_addresses():
    found = lead_of([], [EVM, SEGWIT], [])
    (theft,) = found.thefts
    assert [one.address for one in theft.sources] == [EVM.lower(), SEGWIT]
    assert (found.kind, found.title, found.dprk, found.exercise) == ("addresses", f"{EVM} + 1", None, False)
    assert found.id == f"addresses-{EVM}+1"


def test_a_lead_of_transactions_and_of_both():
    alone = lead_of([], [], ["0xAB"])
    assert (alone.kind, alone.thefts[0].transactions, alone.thefts[0].sources) == (
        "transactions",
        ("0xab",),
        (),
    )
    both = lead_of([], [EVM], ["0xAB", "0xcd"])
    assert (both.kind, both.thefts[0].transactions) == ("addresses", ("0xab", "0xcd"))
    assert both.title == f"{EVM} + 2"
    assert both.id not in {alone.id, lead_of([], [EVM], []).id}


def test_the_chain_is_of_every_address_of_a_lead():
    (theft,) = lead_of([], [EVM, f"eip155:56:{EVM}"], [], chain="eip155:137").thefts
    assert [one.chain for one in theft.sources] == ["eip155:137", "eip155:56"]


def test_a_lead_of_incidents_is_one_victim_each():
    found = lead_of(["harmony-2022", "ronin-2022"], [], [])
    first, second = find_incident("harmony-2022"), find_incident("ronin-2022")
    assert [theft.name for theft in found.thefts] == ["harmony-2022", "ronin-2022"]
    assert [theft.start for theft in found.thefts] == [first.window_start, second.window_start]
    assert {one.address for one in found.thefts[1].sources} == {one.address for one in second.sources}
    assert (found.kind, found.id, found.date) == ("incident", "harmony-2022+ronin-2022", first.date)
    assert found.dprk is True
    assert [one.who for one in found.attribution] == [
        one.who for incident in (first, second) for one in incident.attribution
    ]


def test_incidents_of_others_are_not_called_dprk():
    assert incident_lead([find_incident("ronin-2022"), find_incident("bitfinex-2016")]).dprk is False


@pytest.mark.parametrize("asked", [([], [], []), (["ronin-2022"], [EVM], []), (["ronin-2022"], [], ["0xab"])])
def test_nothing_or_both_kinds_are_refused(asked):
    with pytest.raises(InputError, match="not both") as caught:
        lead_of(*asked)
    assert "bongsu trace" in caught.value.hint


def test_an_incident_named_twice_is_refused():
    with pytest.raises(InputError, match="ronin-2022 is named twice"):
        lead_of(["ronin-2022", "ronin-2022"], [], [])


def test_an_unknown_incident_is_refused():
    with pytest.raises(FactsError, match="nowhere-2099"):
        lead_of(["nowhere-2099"], [], [])


def test_an_incident_without_addresses_is_not_guessed():
    with pytest.raises(LeadError, match="no citable source names its addresses") as caught:
        lead_of(["stake-2023"], [], [])
    assert "--from ADDRESS" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-06-30", datetime(2023, 6, 30, 23, 59, 59, 999999, UTC)),
        ("20230630", datetime(2023, 6, 30, 23, 59, 59, 999999, UTC)),
        ("2023-06-30T12:00", datetime(2023, 6, 30, 12, tzinfo=UTC)),
        ("2023-06-30 12:00:05Z", datetime(2023, 6, 30, 12, 0, 5, tzinfo=UTC)),
        ("2023-07-01T01:00:00+09:00", datetime(2023, 6, 30, 16, tzinfo=UTC)),
    ],
)
def test_a_time_is_utc_and_a_day_is_whole(text, moment):
    found = moment_of(text)
    assert found == moment
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "yesterday", "30/06/2023", "2023-02-30", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(InputError, match="as a time") as caught:
        moment_of(text)
    assert "2023-06-30" in caught.value.hint


def test_a_marking_is_what_was_typed():
    assert marking_of("", []) is None
    assert marking_of("tlp:amber+strict", []) == Marking(tlp=Tlp.AMBER_STRICT, releasable_to=None)
    assert marking_of("TLP:GREEN", ["b", "a"]) == Marking(tlp=Tlp.GREEN, releasable_to=frozenset({"a", "b"}))


def test_parties_without_a_label_are_amber():
    assert marking_of("", ["a"]) == Marking(tlp=Tlp.AMBER, releasable_to=frozenset({"a"}))


@pytest.mark.parametrize("label", ["TLP:WHITE", "green", "secret"])
def test_a_label_that_tlp_has_not_is_refused(label):
    with pytest.raises(InputError, match=r"TLP 2\.0") as caught:
        marking_of(label, [])
    assert "TLP:AMBER+STRICT" in caught.value.hint
