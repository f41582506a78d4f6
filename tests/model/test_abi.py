"""Event declarations: canonical signatures, published topics, and where values stand."""

import pytest

from bongsu.model.abi import parse_declaration, parse_reference, place_of, topic_of

RECEIPT = (
    "(uint256 id, uint8 kind, (address addr, address tokenAddr, uint256 chainId) mainchain, (address addr,"
    " address tokenAddr, uint256 chainId) ronin, (uint8 erc, uint256 id, uint256 quantity) info)"
)
PUBLISHED = {
    "Transfer(address indexed from, address indexed to, uint256 value)": (
        "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
    ),
    "LogMessagePublished(address indexed sender, uint64 n, uint32 nonce, bytes payload, uint8 level)": (
        "0x6eb224fb001ed210e379b335e35efe88672a8ce935d981a6896b27ffdf52a3b2"
    ),
    f"Withdrew(bytes32 hash, {RECEIPT} receipt)": (
        "0x21e88e956aa3e086f6388e899965cef814688f99ad8bb29b08d396571016372d"
    ),
    "TransferOutAndCall(address indexed vault, address target, uint amount, address finalAsset, address to,"
    " uint256 amountOutMin, string memo)": (
        "0x8e5841bcd195b858d53b38bcf91b38d47f3bc800469b6812d35451ab619c6f6c"
    ),
}


@pytest.mark.parametrize(("text", "topic"), PUBLISHED.items(), ids=lambda value: value[:20])
def test_topic_is_the_published_one(text, topic):
    assert topic_of(parse_declaration(text).signature) == topic


def test_short_names_become_full_and_tuples_flat():
    found = parse_declaration("E(uint a, (int b, bytes c) d, bytes32[] indexed e)")
    assert found.signature == "E(uint256,(int256,bytes),bytes32[])"
    assert found.topics == 2
    assert [p.dynamic for p in found.parameters] == [False, True, True]


def test_values_stand_where_the_specification_says():
    found = parse_declaration(
        "E(uint256 indexed i, uint256 a, (address b, (uint8 c, uint256 d) inner) flat, bytes e,"
        " (uint64 f, bytes g, uint256 h) deep)"
    )
    assert place_of(found, "i").topic == 1
    assert place_of(found, "a").offset == 0
    assert (place_of(found, "flat.b").offset, place_of(found, "flat.inner.d").offset) == (32, 96)
    assert (place_of(found, "e").offset, place_of(found, "e").tail) == (128, True)
    deep = place_of(found, "deep.h")
    assert (deep.hops, deep.offset, deep.tail) == ((160,), 64, False)
    assert (place_of(found, "deep.g").hops, place_of(found, "deep.g").offset) == ((160,), 32)


@pytest.mark.parametrize("path", ["nothing", "flat", "list", "hashed", "flat.x"])
def test_a_value_that_a_log_does_not_hold_is_refused(path):
    found = parse_declaration("E(bytes indexed hashed, (address b) flat, uint256[] list)")
    with pytest.raises(KeyError):
        place_of(found, path)


@pytest.mark.parametrize(
    "text", ["", "E", "E(", "E(uint256 a", "E(uint7 a)", "E(map a)", "E(uint256 a b)", "E(uint256 a))", "(a)"]
)
def test_what_is_no_declaration_is_refused(text):
    with pytest.raises(ValueError):
        parse_declaration(text)


def test_references():
    found = parse_reference("payload[1:33] as uint")
    assert (found.path, found.start, found.stop, found.reading) == ("payload", 1, 33, "uint")
    assert parse_reference("order.giveAmount").start is None
    for wrong in ("", "a[3:1]", "a[1]", "a as float", "a b"):
        with pytest.raises(ValueError):
            parse_reference(wrong)
