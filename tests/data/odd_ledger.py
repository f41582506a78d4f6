"""Odd small ledgers, leads and labels from a seed: whatever can make a part of a ledger differ from it.

Rows state little or much, in one file or in two that contradict each other's silence; clocks run backward;
outputs are spent whose amounts nobody states; accounts look alike; converters are paid.
"""

import random

from tests.data.ledger_rows import ASSET, BITCOIN, CHAIN, COIN, at, rows
from tests.data.trace_case import label

from bongsu.analyze.lead import Account, Lead, Limits, Theft

ACCOUNTS = [f"0xaaaaaa{n:030x}bbbb" if n < 4 else f"0x{n:040x}" for n in range(1, 13)]
USDT = CHAIN + "/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"
USDC = CHAIN + "/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
FAKE = CHAIN + "/erc20:0x" + "cd" * 20
BLOCKS = range(1, 16)
CATEGORIES = ("exchange", "dex", "dex", "dex", "mixer", "bridge", "theft", "other")


class Odd:
    """Random choices of one seed."""

    def __init__(self, seed):
        self.luck = random.Random(seed)
        self.manner = self.luck.choice(["blocks", "blocks", "partly", "times", "files"])
        self.clock = {block: 12 * block for block in BLOCKS}
        for block in self.luck.sample(BLOCKS, self.luck.choice([0, 0, 3])):
            self.clock[block] = self.luck.randint(1, 200)

    def chance(self, share):
        """True as often as the share says."""
        return self.luck.random() < share

    def transfers(self):
        """Transfers of account chains, perhaps with some of Bitcoin."""
        found = []
        for _ in range(self.luck.randint(5, 60)):
            row = self.payment()
            found.append(row)
            if self.chance(0.1):
                found.append(row | ({"file": 1 - row["file"]} if self.manner == "files" else {}))
        return rows(*found, *(self.outputs() if self.chance(0.4) else []))

    def payment(self):
        """One transfer of an account chain."""
        pick, block = self.luck.choice, self.luck.choice(BLOCKS)
        row = {
            "source": pick([*ACCOUNTS, "null"]), "target": pick([*ACCOUNTS, "null", f"fee:{block}"]),
            "amount": self.luck.randint(0, 50), "block": block, "time": at(self.clock[block]),
            "tx_hash": f"t{block}-{pick([0, 1, 2])}", "asset": pick([ASSET, ASSET, USDT, USDC, FAKE]),
            "tx_index": pick([None, 0, 1, 2]), "position": pick([None, 0, 1, 2, 3, 4]),
            "kind": pick(["native", "token", "fee", "base_fee", "internal"]),
            "file": pick([0, 1]) if self.manner == "files" else 0,
        }  # fmt: skip
        silent = {"times": {"block": 1.0}, "partly": {}, "files": {}}.get(self.manner, {"time": 0.02})
        if self.manner in {"partly", "files"}:
            silent = {"block": 0.3, "time": 0.3, "tx_hash": 0.1, "amount": 0.05}
        for name, share in silent.items():
            if self.chance(share):
                row[name] = "" if name == "tx_hash" else None
        return row

    def outputs(self):
        """Transfers of Bitcoin, spends of which some do not state their amount."""
        found, paid = [], []
        for number in range(self.luck.randint(1, 12)):
            tx, block = f"{number:064x}", number + 1
            place = {"chain": BITCOIN, "asset": COIN, "block": block, "tx_hash": tx, "tx_index": 1}
            place["time"] = at(600 * block - 700 * (block % 3 == 0))
            for output in range(self.luck.randint(1, 3)):
                paid.append(f"{tx}:{output}")
                value = {"amount": self.luck.randint(1, 40), "address": f"addr{self.luck.randint(0, 4)}"}
                found.append(
                    place
                    | value
                    | {"source": tx, "target": paid[-1], "kind": "pay", "position": 100 + output}
                )
            for spent in self.luck.sample(paid, min(len(paid), self.luck.randint(0, 2))):
                value = {"amount": self.luck.choice([None, 7]), "source": spent, "target": tx}
                found.append(place | value | {"kind": "spend", "position": len(found)})
            fee = {
                "amount": self.luck.choice([None, 1]),
                "source": tx,
                "target": f"fee:{block}",
                "kind": "fee",
            }
            found.append(place | fee | {"position": 2**31})
        return found

    def lead(self):
        """Lead of one theft or two, by accounts, transactions or both."""
        return Lead(
            kind="addresses",
            id="odd",
            title="odd",
            thefts=tuple(map(self.theft, range(self.luck.choice([1, 1, 2])))),
        )

    def theft(self, number):
        """A theft that a ledger is likely to have something of."""
        some = self.luck.sample(ACCOUNTS, self.luck.choice([0, 2, 3]))
        sources = [Account(chain=self.luck.choice([CHAIN, "eip155:*"]), address=one) for one in some]
        if self.chance(0.3):
            sources.append(Account(chain=BITCOIN, address=f"addr{self.luck.randint(0, 4)}"))
        named = not sources or self.chance(0.3)
        return Theft(
            name=f"theft {number}",
            sources=tuple(sources),
            transactions=tuple(f"t{block}-0" for block in self.luck.sample(BLOCKS, 3)) if named else (),
            start=at(20) if self.chance(0.3) else None,
            end=at(100) if self.chance(0.3) else None,
        )

    def labels(self):
        """Labels of some accounts and perhaps of an address of Bitcoin."""
        found = [label(one, self.luck.choice(CATEGORIES)) for one in ACCOUNTS if self.chance(0.25)]
        return found + ([label("addr1", "exchange", chain=BITCOIN)] if self.chance(0.2) else [])

    def limits(self):
        """Limits of the question."""
        return Limits(
            until=at(self.luck.randint(20, 180)) if self.chance(0.3) else None,
            hops=self.luck.choice([None, None, 2]),
            counterparties=self.luck.choice([0, 2, 3, 1000]),
            stop_at=frozenset(self.luck.sample(ACCOUNTS, 1) if self.chance(0.2) else []),
        )
