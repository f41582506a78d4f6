"""Rows of an Ethereum log as its exports write them, encoded from declarations."""

import re

from bongsu.normalize.event_abi import topic_of

WETH = "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"
TRANSFER = "Transfer(address indexed from, address indexed to, uint256 value)"
ZERO = "0x" + "0" * 40
CHAIN = "eip155:1"
COIN = "eip155:1/slip44:60"


def address(name):
    """An address that ends in the letters of a short name, as hex."""
    return "0x" + name.encode().hex().rjust(40, "0")


def token(contract):
    """Asset of a contract."""
    return f"{CHAIN}/erc20:{contract}"


def word(value):
    """64 digits of a number or an address."""
    number = int(value, 16) if isinstance(value, str) else value
    return f"{number % 2**256:064x}"


def log(declaration, emitter, values, *, tx="0x" + "11" * 32, place=0, block=100):
    """Row of one event; dynamic fields are lists of numbers."""
    name, rest = declaration.split("(", 1)
    fields = [one.strip().split(" ") for one in rest.rstrip(")").split(",")]
    topics, heads, tails = [topic_of(f"{name}({','.join(one[0] for one in fields)})")], [], []
    for one in fields:
        value = values.get(one[-1], 0)
        if "indexed" in one:
            topics.append("0x" + word(value))
        elif re.search(r"\[[0-9]+\]$", one[0]):
            heads += [word(item) for item in value]
        elif one[0].endswith("[]") or one[0] in ("bytes", "string"):
            heads.append(None)
            tails.append(value or [])
        else:
            heads.append(word(value))
    data, at = "", len(heads) * 32
    body = ""
    for head in heads:
        if head is not None:
            data += head
            continue
        items = tails.pop(0)
        data += word(at + len(body) // 2)
        body += word(len(items)) + "".join(word(item) for item in items)
    return {
        "log_index": str(place),
        "transaction_hash": tx,
        "transaction_index": "0",
        "block_number": str(block),
        "block_timestamp": "1683029999",
        "address": emitter,
        "data": "0x" + data + body,
        "topics": ",".join(topics),
    }


def moved(contract, source, target, value, **place):
    """Row of a token's transfer."""
    return log(TRANSFER, contract, {"from": source, "to": target, "value": value}, **place)
