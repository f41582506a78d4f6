"""Small ledgers for tests of patterns and clusters, with dictionaries in place of pool numbers."""

from tests.data.ledger_rows import BITCOIN, COIN, at, paid, sources, utxo

from bongsu.analyze.book import book_of
from bongsu.analyze.joint import joints_of_transfers
from bongsu.analyze.payment import payments_of
from bongsu.model.asset import BITCOIN_COIN, ETHER
from bongsu.store.ledger import memory_ledger

HOUR, DAY = 3600, 86400
__all__ = ["BITCOIN", "COIN"]


def flow_book(*given, **shared):
    """Book of payments (source, target, amount[, seconds after the start[, other values]]) in their order."""
    rows = []
    for n, one in enumerate(given, start=1):
        source, target, amount, *more = one
        seconds, other = more[0] if more else n, more[1] if len(more) > 1 else {}
        rows.append((source, target, amount, {"time": at(seconds), **other}))
    return book_of(memory_ledger(paid(*rows, **shared), sources()), {ETHER.id: ETHER})


def flows(*given, **shared):
    """Book of payments, and the payments."""
    book = flow_book(*given, **shared)
    return book, payments_of(book)


def pool(book, holder):
    """Number of a holder's pool."""
    return book.pools["holder"].to_pylist().index(holder)


def named(book, pools):
    """Holders of pools."""
    holders = book.pools["holder"].to_pylist()
    return [holders[int(one)] for one in pools]


def spending(*given, time=None):
    """Transfers of transactions (name, inputs, outputs), each in a block of its own.

    An input is (output, address, amount), an output (address, amount); nothing is None.
    """
    rows = []
    for n, (name, inputs, outputs) in enumerate(given, start=1):
        tx = hash_of(name)
        place = {"tx_hash": tx, "block": n, "time": time or at(n), "tx_index": 1, "locator": n}
        for index, (output, address, amount) in enumerate(inputs):
            entry = {"source": output_of(output), "target": tx, "address": address, "amount": amount}
            rows.append({**place, **entry, "position": index, "kind": "spend"})
        for index, (address, amount) in enumerate(outputs):
            entry = {"source": tx, "target": f"{tx}:{index}", "address": address, "amount": amount}
            rows.append({**place, **entry, "position": 10**6 + index, "kind": "pay"})
    return utxo(*rows)


def hash_of(name):
    """Transaction hash that begins with the name in hex."""
    return name.encode().hex().ljust(64, "0")


def output_of(output):
    """`name:n` with the name's hash."""
    name, _colon, number = output.partition(":")
    return f"{hash_of(name)}:{number or 0}"


def joints(*given, time=None):
    """Transactions as joints, every input known to be there."""
    return joints_of_transfers(spending(*given, time=time))


def spending_book(*given, time=None):
    """Book of the sealed transactions."""
    return book_of(memory_ledger(spending(*given, time=time), sources()), {BITCOIN_COIN.id: BITCOIN_COIN})
