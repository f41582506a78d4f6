from tests.data.ledger_rows import ASSET, CHAIN
from tests.data.trace_case import TOKEN, USD, ledger

from bongsu.analyze.impostor import look_alikes, unknown_tokens
from bongsu.model.asset import Asset

FAKE = CHAIN + "/erc20:0x" + "cd" * 20


def address(head, tail, middle="0"):
    return "0x" + head + middle * (40 - len(head) - len(tail)) + tail


MINE, TWIN, THIRD = address("abcdef", "1234"), address("abcdef", "1234", "7"), address("abcdef", "1234", "8")
NEAR = (address("abcdee", "1234"), address("abcdef", "1235"), address("0bcdef", "1234"))


def paid_to(book, *names):
    return book.pools(book.find_pools(names))["asset"].to_pylist()


def alike(book, *names):
    return look_alikes(names, book.accounts_alike(names))


def test_a_token_is_known_by_its_contract_not_by_a_name():
    book = ledger(*(("x", "a", 1, {"asset": asset}) for asset in (TOKEN, FAKE, ASSET, USD.id)))
    genuine = Asset(id=TOKEN, symbol="USDT", decimals=6, valuation=False)
    fake = Asset(id=FAKE, symbol="USDT", decimals=6, valuation=False)
    assert unknown_tokens(paid_to(book, "a"), {TOKEN: genuine}) == [FAKE]
    assert unknown_tokens(paid_to(book, "a"), {}) == sorted([TOKEN, FAKE])
    assert unknown_tokens(paid_to(book, "a"), {TOKEN: genuine, FAKE: fake}) == []
    assert unknown_tokens(paid_to(book, "b"), {}) == []


def test_addresses_that_share_both_ends_are_shown_in_whole():
    book = ledger((MINE, TWIN, 1), *((MINE, near, 1) for near in NEAR), ("x", THIRD, 1))
    assert alike(book, MINE) == {MINE: sorted([TWIN, THIRD])}
    both = alike(book, MINE, THIRD, NEAR[0])
    assert both == {MINE: sorted([TWIN, THIRD]), THIRD: sorted([MINE, TWIN])}
    assert alike(book, *NEAR) == {}
    assert alike(book) == {}


def test_an_account_of_many_assets_does_not_look_like_itself():
    book = ledger((MINE, "x", 1), (MINE, "x", 1, {"asset": TOKEN}))
    assert alike(book, MINE) == {}
