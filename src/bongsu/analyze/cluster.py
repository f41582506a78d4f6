"""Clusters of addresses that may have one owner: an overlay that changes no address and can be taken off.

Three methods: co-spend and change in UTXO transactions, and payers of one deposit address among accounts.
Each member says which method joined it, how sure that is, and which row shows it. Leaving out a method
means making the overlay again without it; leaving out the overlay leaves the ledger as it is.
"""

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.book import Book
from bongsu.analyze.cospend import Links, change_links, cospend_links, merged, suspects
from bongsu.analyze.deposit import find_deposits
from bongsu.analyze.deposit_reuse import METHOD as REUSE
from bongsu.analyze.deposit_reuse import shared_deposits
from bongsu.analyze.end import Labels
from bongsu.analyze.heuristic import is_on
from bongsu.analyze.joint import joints_of_movements
from bongsu.analyze.payment import payments_of
from bongsu.analyze.pool_mask import named_by, transaction_pools
from bongsu.kernel.case import Array
from bongsu.kernel.union_find import CONFLICT, JOINED, TOO_LARGE, joined_sets
from bongsu.model.cluster import MEMBER
from bongsu.model.label import CUSTODIAL

METHODS = ("cospend", "change", "deposit_reuse", "deposit_account")
"""Names of heuristics. The last adds accounts that are taken for deposit accounts to those labeled so."""
PROBABILITY = {"cospend": 50, "change": 50, "deposit_reuse": 50}
"""What a member's row says: even odds, for no measurement supports more (docs/reference/heuristics.md)."""
MOST_MEMBERS = 50_000
"""Addresses of a cluster, beyond which it no longer grows: larger ones are services or mistakes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The overlay, and what the guard kept out of it."""

    members: pa.Table
    """Schema `bongsu.model.cluster.MEMBER`."""
    conflicts: int
    """Joins refused because labels give the two clusters to different owners."""
    too_large: int
    """Joins refused because the cluster would have grown beyond the most."""
    suspects: int
    """Transactions that join nothing: they may be CoinJoins, or are not shown whole."""


def clusters_of(
    book: Book, labels: Labels, *, methods: Collection[str] | None = None, most: int = MOST_MEMBERS
) -> Clusters:
    """Clusters of a ledger.

    Args:
        book: The ledger; it is not changed.
        labels: Who is known to own an address; two owners are never joined.
        methods: Of METHODS; by default those that are on.
        most: Addresses that a cluster may have.
    """
    chosen = [name for name in METHODS if (is_on(name) if methods is None else name in methods)]
    utxo, left_out = _from_outputs(book, labels, chosen, most)
    accounts = _Made(members=MEMBER.empty_table())
    if {"deposit_reuse", "deposit_account"} & set(chosen):
        accounts = _from_accounts(book, labels, most, recognized="deposit_account" in chosen)
    members = pa.concat_tables([utxo.members, accounts.members])
    return Clusters(
        members=members.sort_by([(name, "ascending") for name in ("chain", "cluster", "address")]),
        conflicts=utxo.conflicts + accounts.conflicts,
        too_large=utxo.too_large + accounts.too_large,
        suspects=left_out,
    )


def pool_clusters(pools: pa.Table, members: pa.Table) -> Array:
    """Number of the cluster of each pool, -1 where it is in none: int64, shape (pools,).

    Pools with one number may be shown or followed as one; that is all an overlay does.
    """
    names = members["cluster"].combine_chunks().dictionary_encode()
    address = pc.coalesce(pools["address"], pools["holder"])
    keys = pc.binary_join_element_wise(pools["chain"], address, " ")
    listed = pc.binary_join_element_wise(members["chain"], members["address"], " ")
    place = pc.index_in(keys, value_set=listed.combine_chunks())
    found: Array = names.indices.take(place.combine_chunks()).fill_null(-1).to_numpy().astype(np.int64)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nodes:
    """Addresses by number, with their chain and who labels say owns them."""

    chain: pa.Array
    address: pa.Array
    owner: Array

    @classmethod
    def of(cls, chain: pa.Array, address: pa.Array, labels: Labels) -> "_Nodes":
        owner = np.zeros(len(address), dtype=np.int64)
        numbers: dict[str, int] = {}
        listed = pc.is_in(address, value_set=pa.array(labels.addresses(), pa.string()))
        for place in np.flatnonzero(listed.to_numpy(zero_copy_only=False)).tolist():
            found = labels.of(chain[place].as_py(), address[place].as_py())
            named = [label for label in found if label.category != "sanctioned"]
            if named:
                owner[place] = numbers.setdefault(named[0].entity or named[0].name, len(numbers) + 1)
        return cls(chain=chain, address=address, owner=owner)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    members: pa.Table
    conflicts: int = 0
    too_large: int = 0


def _from_outputs(book: Book, labels: Labels, chosen: list[str], most: int) -> tuple[_Made, int]:
    """Co-spent addresses and their change, and the number of transactions that were left out."""
    transactions = np.flatnonzero(transaction_pools(book.pools))
    makers = {"cospend": cospend_links, "change": change_links}
    asked = [make for name, make in makers.items() if name in chosen]
    if not len(transactions) or not asked:
        return _Made(members=MEMBER.empty_table()), 0
    joints = joints_of_movements(book.movements, book.pools)
    skip = suspects(joints)
    chain = pa.repeat(book.pools["chain"][int(transactions[0])], len(joints.addresses))
    nodes = _Nodes.of(chain, joints.addresses, labels)
    return _joined(book, merged([make(joints, skip) for make in asked]), nodes, most), int(skip.sum())


def _from_accounts(book: Book, labels: Labels, most: int, *, recognized: bool) -> _Made:
    """Payers of one deposit address, labeled as such or, where asked for, recognized."""
    payments = payments_of(book)
    service, deposit = label_masks(book.pools, labels)
    if recognized:
        deposit[find_deposits(payments, service).pool] = True
    keys = pc.binary_join_element_wise(book.pools["chain"], book.pools["holder"], " ")
    named = keys.combine_chunks().dictionary_encode()
    code = named.indices.to_numpy().astype(np.int64)
    pairs = [
        (int(code[payments.source[paid[0]]]), int(code[payments.source[other]]), int(payments.row[other]))
        for _pool, paid in shared_deposits(payments, deposit, service > 0)
        for other in paid[1:].tolist()
    ]
    left, right, row = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    links = Links(left, right, row, (REUSE,), np.zeros(len(row), dtype=np.int64))
    parts = pc.split_pattern(named.dictionary, " ")
    nodes = _Nodes.of(pc.list_element(parts, 0), pc.list_element(parts, 1), labels)
    return _joined(book, links, nodes, most)


def _joined(book: Book, links: Links, nodes: _Nodes, most: int) -> _Made:
    sets, refused = joined_sets(links.left, links.right, nodes.owner, most=most)
    count, joined = len(nodes.owner), np.flatnonzero(refused == JOINED)
    member = np.flatnonzero(np.bincount(sets, minlength=count)[sets] > 1)
    shown = np.full(count, len(refused), dtype=np.int64)
    for side in (links.left, links.right):
        np.minimum.at(shown, side[joined], joined)
    methods = [links.method[code] for code in links.code[shown[member]].tolist()]
    names = [method.removeprefix("bongsu.").partition("@")[0] for method in methods]
    evidence = [book.evidence([row]) for row in links.row[shown[member]].tolist()]
    columns = {
        "chain": nodes.chain.take(pa.array(member)),
        "address": nodes.address.take(pa.array(member)),
        "cluster": nodes.address.take(pa.array(sets[member])),
        "method": pa.array(methods, pa.string()),
        "probability": pa.array([PROBABILITY[name] for name in names], pa.int8()),
        "evidence": pa.array(
            [[dataclasses.asdict(one) for one in cited] for cited in evidence], MEMBER.field("evidence").type
        ),
    }
    return _Made(
        members=pa.table(columns, schema=MEMBER),
        conflicts=int((refused == CONFLICT).sum()),
        too_large=int((refused == TOO_LARGE).sum()),
    )


def label_masks(pools: pa.Table, labels: Labels) -> tuple[Array, Array]:
    """Number of the custodial service of each pool (0: none; by its best label), and whether it is a deposit.

    A deposit address is not numbered: it is the service's, but a customer's money.
    """
    service = np.zeros(pools.num_rows, dtype=np.int64)
    deposit = np.zeros(pools.num_rows, dtype=bool)
    numbers: dict[str, int] = {}
    for row in np.flatnonzero(named_by(pools, labels.addresses())).tolist():
        pool = pools.slice(row, 1).to_pylist()[0]
        found = labels.of(pool["chain"], pool["address"] or pool["holder"])
        if found and found[0].category == "deposit":
            deposit[row] = True
        elif found and found[0].category in CUSTODIAL:
            service[row] = numbers.setdefault(found[0].entity or found[0].name, len(numbers) + 1)
    return service, deposit
