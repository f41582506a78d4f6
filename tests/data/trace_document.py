"""Made-up trace documents (bongsu.trace/1) of any size that add up, for tests of what is shared.

Nothing in them happened: addresses are hashes of a counter, services are called Example.
"""

import hashlib
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from bongsu.model.address import shown_address

CHAIN = "eip155:1"
ETH = f"{CHAIN}/slip44:60"
USDT = f"{CHAIN}/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"
POLICIES = ["poison", "haircut", "fifo", "lifo", "tiho", "pifo", "libr"]
CONSERVING = POLICIES[1:]
START = datetime(2024, 3, 1, 6, 30, tzinfo=UTC)
HOSTILE = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    '"><img src=x onerror="window.hacked=3">',
    "<!--<script>",
    '=HYPERLINK("http://example.invalid";"x")',
    "{{ 7*7 }}${7*7}\u2028\u0000",
    "\u202egnp.exe <b>bold</b> &amp;",
]
SERVICES = [
    ("example-exchange", "Example Exchange", "exchange", "Example Exchange Ltd", "SC"),
    ("hanbit-example", "한빛 예시 거래소", "exchange", "Hanbit Example Co., Ltd.", "KR"),
    ("example-pay", "Example Pay", "payment", "Example Pay GmbH", "DE"),
    ("example-bet", "Example Bet", "gambling", "Example Bet N.V.", "CW"),
]
TERMS = {
    "service": "at_services",
    "bridge": "in_bridges",
    "mixer": "in_mixers",
    "burn": "burned",
    "fee": "fees",
    "conversion": "converted_out",
    "unspent": "held",
    "window_end": "not_followed",
    "hops": "not_followed",
    "below_threshold": "not_followed",
    "likely_service": "not_followed",
    "stop_at": "not_followed",
    "ledger_end": "beyond_ledger",
}
MIX = ["service", "unspent", "mixer", "service", "bridge", "unspent", "fee", "likely_service"]
MIX += ["service", "hops", "unspent", "service", "ledger_end", "unspent", "burn", "service"]
MIX += ["below_threshold", "unspent", "stop_at", "service", "window_end", "unspent", "conversion"]


def sha(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def address(*parts: object) -> str:
    return "0x" + sha("address", *parts)[:40]


def split(total: int, weights: list[int]) -> list[int]:
    """Whole shares of the total, by largest remainder."""
    whole = sum(weights) or 1
    shares = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def amounts(rng: random.Random, total: int, count: int) -> list[dict[str, int]]:
    """For each of some ends, an amount under each policy; conserving policies add up to the total."""
    base = [int(1000 * rng.paretovariate(1.1)) for _ in range(count)]
    per_policy = {}
    for policy in CONSERVING:
        weights = [0 if rng.random() < 0.1 else int(b * rng.uniform(0.7, 1.3)) for b in base]
        per_policy[policy] = split(total, weights)
    ends = [{p: per_policy[p][i] for p in CONSERVING} for i in range(count)]
    return [{"poison": max(end.values()) * 3 // 2} | end for end in ends]


def label_of(rng: random.Random, stop: str, seed: int) -> dict[str, Any] | None:
    named = {
        "bridge": ("example-bridge", "Example Bridge", "bridge", None, None),
        "mixer": ("example-mixer", "Example Mixer", "mixer", None, None),
        "burn": ("", "Null address", "burn", None, None),
        "service": SERVICES[seed % len(SERVICES)],
    }.get(stop)
    if named is None:
        return None
    slug, name, category, legal, country = named
    return {
        "name": f"{name}: deposit {seed}" if stop == "service" else name,
        "category": category,
        "entity": slug,
        "entity_name": name if slug else "",
        "legal_entity": legal,
        "country": country,
        "source": f"Example label set, row {seed}",
        "confidence": rng.choice([50, 75, 90]),
        "sanctions": [listing(seed)] if stop in {"mixer", "bridge"} else [],
        "contradictions": ["Other set: Example Pay"] if rng.random() < 0.05 else [],
    }


def listing(seed: int) -> dict[str, Any]:
    """A sanctions listing, every second one lifted."""
    return {
        "name": "EXA: Example Mixer",
        "source": "Example sanctions list",
        "listed": "2022-08-08",
        "delisted": None if seed % 2 else "2025-03-21",
        "status": "listed" if seed % 2 else "delisted",
    }


def actions_of(end: dict[str, Any]) -> list[dict[str, Any]]:
    label = end["label"] or {}
    if end["stop"] == "service":
        kind, by, entity, country = "account_hold", label["legal_entity"], label["entity"], label["country"]
        route = "compliance@example.invalid"
    elif end["stop"] == "unspent" and end["asset"] == USDT:
        kind, by, entity, country, route = (
            "issuer_freeze",
            "Example Issuer",
            "example-issuer",
            "SV",
            "law portal",
        )
    else:
        return []
    return [
        {
            "kind": kind,
            "by": by,
            "entity": entity,
            "country": country,
            "can": "hold the customer's balance" if kind == "account_hold" else "freeze the address",
            "authority": "terms of service; an order of a court compels",
            "route": route,
            "voluntary": True,
            "holds_under_all": int(end["min"]) > 0,
            "policies": [p for p in CONSERVING if int(end["amount"][p]) > 0],
            "min": end["min"],
            "max": end["max"],
        }
    ]


def path_of(end: dict[str, Any], chain: list[str]) -> list[dict[str, Any]]:
    steps = []
    for i, (source, target) in enumerate(pairwise(chain)):
        at = START + timedelta(hours=7 * i + end["rank"] % 24, days=end["rank"] % 20)
        steps.append(
            {
                "tx_hash": "0x" + sha("tx", source, target, end["asset"]),
                "block": 19_000_000 + 2100 * i + end["rank"],
                "time": at.isoformat().replace("+00:00", "Z"),
                "tx_index": (end["rank"] * 7 + i) % 180,
                "position": i + 3,
                "source": source,
                "target": target,
                "amount": str(int(end["max"]) * 2 + 5),
                "tainted": dict(end["amount"]),
                "evidence": {"sha256": sha("file", i % 2), "locator": f"row {end['rank'] * 10 + i}"},
            }
        )
    return steps


def finish_end(end: dict[str, Any], chain: list[str]) -> None:
    values = [int(end["amount"][p]) for p in CONSERVING]
    end["min"], end["max"] = str(min(values)), str(max(values))
    end["bounds"] = {
        "kind": "exact",
        "per_policy": {p: {"min": end["amount"][p], "max": end["amount"][p]} for p in POLICIES},
    }
    end["direct"] = {p: "0" if len(chain) > 2 else end["amount"][p] for p in POLICIES}
    end["indirect"] = {p: end["amount"][p] if len(chain) > 2 else "0" for p in POLICIES}
    end["hops"] = len(chain) - 1
    end["path"] = path_of(end, chain)
    end["first_arrival"] = end["path"][-1]["time"]
    end["last_arrival"] = end["path"][-1]["time"]
    end["arrivals"] = [{"date": end["path"][-1]["time"][:10], "amount": dict(end["amount"])}]
    end["age_days"] = end["rank"] % 30
    end["actions"] = actions_of(end)
    end["weakest_link"] = (
        {"step": 1, "why": "the label rests on one source", "confidence": 50}
        if end["rank"] % 9 == 0
        else None
    )


class Tree:
    """Ways from the source address to the ends of one asset, and the flows along them."""

    def __init__(self, rng: random.Random, *, asset: str, root: str, middles: int) -> None:
        self.asset, self.rng = asset, rng
        self.ways: list[list[str]] = [[root]]
        self.flows: dict[tuple[str, str], dict[str, Any]] = {}
        for i in range(middles):
            near = [way for way in self.ways[-60:] if len(way) <= 9]
            self.ways.append([*rng.choice(near or self.ways[:1]), address(asset, "middle", i)])

    def way_to(self, holder: str) -> list[str]:
        return [*self.rng.choice(self.ways), holder]

    def carry(self, way: list[str], amount: dict[str, int]) -> None:
        for hop, pair in enumerate(pairwise(way), start=1):
            flow = self.flows.setdefault(
                pair, {"hop": hop, "movements": 0, "amount": dict.fromkeys(POLICIES, 0)}
            )
            flow["movements"] += 1
            for policy in POLICIES:
                flow["amount"][policy] += amount[policy]

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "source": source,
                "target": target,
                "asset": self.asset,
                "hop": flow["hop"],
                "amount": {p: str(v) for p, v in flow["amount"].items()},
                "movements": flow["movements"],
            }
            for (source, target), flow in self.flows.items()
        ]


def ends_of(tree: Tree, total: int, stops: list[str], *, first: int) -> list[dict[str, Any]]:
    ends = []
    for i, (stop, amount) in enumerate(zip(stops, amounts(tree.rng, total, len(stops)), strict=True)):
        holder = "null" if stop == "burn" else address(tree.asset, "end", first + i)
        way = tree.way_to(holder)
        tree.carry(way, amount)
        end = {
            "rank": first + i,
            "id": f"{tree.asset}|{holder}",
            "chain": CHAIN,
            "address": holder,
            "shown": shown_address(CHAIN, holder),
            "asset": tree.asset,
            "stop": stop,
            "label": label_of(tree.rng, stop, first + i),
            "amount": {p: str(v) for p, v in amount.items()},
        }
        finish_end(end, way)
        ends.append(end)
    return ends


def conservation_of(ends: list[dict[str, Any]], stolen: int, policy: str) -> dict[str, Any]:
    terms: dict[str, Any] = {term: {} for term in sorted(set(TERMS.values()))}
    for end in ends:
        bucket = terms[TERMS[end["stop"]]]
        if TERMS[end["stop"]] == "not_followed":
            bucket = bucket.setdefault(end["stop"], {})
        bucket[end["asset"]] = str(int(bucket.get(end["asset"], "0")) + int(end["amount"][policy]))
    usdt = sum(int(end["amount"][policy]) for end in ends if end["asset"] == USDT)
    return {
        "conserving": policy != "poison",
        "balanced": policy != "poison",
        "stolen": {ETH: str(stolen)},
        "converted_in": {USDT: str(usdt)} if usdt else {},
        **terms,
        "unknown": {ETH: "1000000000000000"},
    }


def lead(*, exercise: bool, root: str) -> dict[str, Any]:
    return {
        "kind": "incident",
        "id": "example-2024",
        "title": "Example Bridge theft, March 2024",
        "date": "2024-03-01",
        "dprk": True,
        "attribution": [
            {
                "who": "Example Agency",
                "when": "2024-03-20",
                "statement": "Named the actor publicly.",
                "source": "https://example.invalid/statement",
            }
        ],
        "exercise": exercise,
        "sources": [{"chain": CHAIN, "address": root, "shown": shown_address(CHAIN, root)}],
        "transactions": [{"chain": CHAIN, "tx_hash": "0x" + sha("theft")}],
        "notes": "Made up for a test.",
    }


def files() -> list[dict[str, Any]]:
    return [
        {
            "sha256": sha("file", i),
            "name": f"example_transfers_{i}.parquet",
            "format": "ethereum_etl",
            "rows_in": 90_000 + i,
            "rows_kept": 89_990 + i,
            "rejects": 10,
        }
        for i in range(2)
    ]


def header(*, exercise: bool, root: str) -> dict[str, Any]:
    return {
        "schema": "bongsu.trace/1",
        "method": {
            "name": "bongsu.trace",
            "version": "0.1.0",
            "policies": POLICIES,
            "params": {"max_hops": 10, "minimum": "0", "likely_service_counterparties": 1000},
        },
        "marking": {"tlp": "TLP:CLEAR", "releasable_to": None},
        "lead": lead(exercise=exercise, root=root),
        "ledger": {
            "name": "example-ledger",
            "valuation": False,
            "statement": "Amounts are amounts of the asset, as the chain states them.",
            "license": "CC0-1.0",
            "as_of": [{"chain": CHAIN, "block": 19_400_000, "time": "2024-03-31T23:59:59Z"}],
            "files": files(),
        },
        "assets": [
            {"id": ETH, "symbol": "ETH", "decimals": 18, "valuation": False, "known": True},
            {"id": USDT, "symbol": "USDT", "decimals": 6, "valuation": False, "known": True},
        ],
    }


def coverage(movements: int) -> dict[str, Any]:
    return {
        "movements": movements * 120,
        "movements_touched": movements,
        "pools_touched": movements // 2,
        "overdrafts": 3,
        "gaps": {"needs_traces": 12},
        "order_known": True,
        "unordered_groups": 0,
        "rejects": {"bad_address": 4, "amount_out_of_range": 1},
    }


def make_document(
    *, ends: int = 12, middles: int = 9, seed: int = 7, exercise: bool = False, hostile: bool = False
) -> dict[str, Any]:
    """A trace document with this many ends; it adds up under every conserving policy."""
    rng = random.Random(seed)
    root, stolen = address("root"), 401_346_768858404671280000
    in_usdt = max(ends // 4, 1)
    stops = ["conversion", *(MIX[i % len(MIX)] for i in range(ends - in_usdt - 1))]
    eth = Tree(rng, asset=ETH, root=root, middles=middles)
    found = ends_of(eth, stolen, stops, first=1)
    usdt = Tree(rng, asset=USDT, root=found[0]["address"], middles=middles // 3)
    kinds = [("unspent", "service")[i % 2] for i in range(in_usdt)]
    found += ends_of(usdt, 9_876_543_210_987, kinds, first=len(found) + 1)
    if hostile:
        poison_labels(found)
    document = header(exercise=exercise, root=root) | {
        "stolen": {p: {ETH: str(stolen)} for p in POLICIES},
        "endpoints": found,
        "flows": eth.rows() + usdt.rows(),
        "conservation": {p: conservation_of(found, stolen, p) for p in POLICIES},
        "exposure": [],
        "findings": [],
        "limits": ["Contract calls without traces are not in this ledger."],
    }
    document["coverage"] = coverage(sum(flow["movements"] for flow in document["flows"]))
    return document


def poison_labels(ends: list[dict[str, Any]]) -> None:
    """Put hostile text wherever a source of labels could."""
    for i, end in enumerate(ends):
        text = HOSTILE[i % len(HOSTILE)]
        if end["label"] is not None:
            end["label"] |= {"name": text, "entity_name": text, "legal_entity": text, "source": text}
            end["label"]["contradictions"] = [text]
            for one in end["label"]["sanctions"]:
                one |= {"name": text, "source": text}
        for action in end["actions"]:
            action |= {"by": text, "route": text, "authority": text, "can": text}
        for step in end["path"]:
            step["evidence"]["locator"] = text


def small(**choices: Any) -> dict[str, Any]:
    """A case of a dozen ends."""
    return make_document(**choices)


def large(**choices: Any) -> dict[str, Any]:
    """A case of 500 ends and more than 1,500 movements."""
    return make_document(**({"ends": 500, "middles": 1000} | choices))
