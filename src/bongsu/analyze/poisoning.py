"""Address poisoning: an account made to look like one that a victim pays, that shows itself with dust.

Wallets show the first and last characters; the poisoner grinds a key until these match, then sends dust, a
transfer of nothing, or a worthless token, so that the victim copies the wrong address from its history.
Told by three accounts together: a victim, a partner that it really deals with, and a look-alike that only
ever moved dust. Accounts are compared whole; a look-alike is never merged with what it imitates.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.extract import amounts_of
from bongsu.analyze.payment import KINDS
from bongsu.analyze.pool_mask import Mask, is_token
from bongsu.kernel.case import Array
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.poisoning@1"
HEAD, TAIL = 6, 4
"""Characters that must agree, `0x` among the first."""
DUST_PARTS = 10_000
"""One unit of an asset divided by this is the most that counts as dust."""
SCORE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealings:
    """Who deals with whom, and whether more than dust ever moved; one entry a pair and direction."""

    accounts: pa.Array
    """Name of each account."""
    one: Array
    other: Array
    real: Array
    """Whether something of value moved between them: bool."""
    row: Array
    """First movement between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poisonings:
    """Look-alikes with whom they deceive and whom they imitate: codes of accounts, one entry a triple."""

    fake: Array
    victim: Array
    genuine: Array
    row: Array
    """First movement between the look-alike and the victim."""


def dealings_of(book: Book) -> Dealings:
    """Dealings between accounts whose names begin with 0x, across all assets. Cost: two sorts."""
    moves, pools = book.movements, book.pools
    holders = pools["holder"].combine_chunks().dictionary_encode()
    code = holders.indices.to_numpy().astype(np.int64)
    named = pc.match_substring_regex(pools["holder"], "^0x[0-9a-f]{40}$").to_numpy()
    source, target = (moves[end].to_numpy() for end in ("source", "target"))
    kept = pc.is_in(moves["kind"], value_set=pa.array(KINDS)).to_numpy() & named[source] & named[target]
    row = np.flatnonzero(kept & (code[source] != code[target]))
    real = ~_dust(book, row)
    one = np.concatenate([code[source[row]], code[target[row]]])
    other = np.concatenate([code[target[row]], code[source[row]]])
    rows, worth = np.tile(row, 2), np.tile(real, 2)
    order = np.lexsort((rows, ~worth, other, one))
    one, other, rows, worth = one[order], other[order], rows[order], worth[order]
    first = np.flatnonzero((np.diff(one, prepend=-1) != 0) | (np.diff(other, prepend=-1) != 0))
    return Dealings(
        accounts=holders.dictionary, one=one[first], other=other[first], real=worth[first], row=rows[first]
    )


def _dust(book: Book, rows: Array) -> Mask:
    """Whether each movement is of nothing of value: an unknown token, or a small part of a unit."""
    assets = book.pools["asset"].combine_chunks().dictionary_encode()
    most = np.zeros(len(assets.dictionary), dtype=np.uint64)
    for place, name in enumerate(assets.dictionary.to_pylist()):
        known = book.assets.get(name)
        if known is not None:
            most[place] = 10**known.decimals // DUST_PARTS if known.decimals < 20 else np.iinfo(np.uint64).max
        elif is_token(name):
            most[place] = np.iinfo(np.uint64).max
    code = assets.indices.to_numpy()[book.movements["source"].to_numpy()[rows]]
    limbs = amounts_of(book.movements["amount"])[rows]
    unknown = most[code] == np.iinfo(np.uint64).max
    found: Mask = unknown | ((limbs[:, 1] == 0) & (limbs[:, 0] <= most[code]))
    return found


def find_poisonings(dealings: Dealings, looks: Array | None = None) -> Poisonings:
    """Triples in which a partner that never moved more than dust looks like one that did, for a victim.

    Args:
        dealings: Who deals with whom.
        looks: Code of how each account looks; by default of its first HEAD and last TAIL characters.

    Cost: a sort of the dealings, and the pairs of look-alikes among the partners of one account.
    """
    looks = looks_of(dealings.accounts) if looks is None else looks
    valued = np.zeros(len(dealings.accounts), dtype=bool)
    valued[dealings.one[dealings.real]] = True
    key = np.stack([dealings.one, looks[dealings.other]], axis=1)
    real = np.flatnonzero(dealings.real)
    dusty = np.flatnonzero(~dealings.real & ~valued[dealings.other])
    _names, group = np.unique(key, axis=0, return_inverse=True)
    group = group.reshape(-1)
    real = real[np.argsort(group[real], kind="stable")]
    begin = np.searchsorted(group[real], group[dusty], side="left")
    end = np.searchsorted(group[real], group[dusty], side="right")
    counts = end - begin
    fake = np.repeat(dusty, counts)
    place = np.repeat(begin, counts) + np.arange(len(fake)) - np.repeat(np.cumsum(counts) - counts, counts)
    genuine = real[place]
    return Poisonings(
        fake=dealings.other[fake],
        victim=dealings.one[fake],
        genuine=dealings.other[genuine],
        row=dealings.row[fake],
    )


def looks_of(accounts: pa.Array) -> Array:
    """One code for accounts whose first HEAD and last TAIL characters agree."""
    heads, tails = pc.utf8_slice_codeunits(accounts, 0, HEAD), pc.utf8_slice_codeunits(accounts, -TAIL)
    looks = pc.binary_join_element_wise(heads, tails, "")
    found: Array = looks.dictionary_encode().indices.to_numpy().astype(np.int64)
    return found


def poisonings(book: Book, focus: Mask | None = None) -> list[Finding]:
    """A finding for each look-alike and victim; with a focus, where one of the three is in it."""
    dealings = dealings_of(book)
    found = find_poisonings(dealings)
    kept = np.ones(len(found.fake), dtype=bool)
    if focus is not None:
        holders = book.pools["holder"].filter(pa.array(focus))
        wanted = pc.is_in(dealings.accounts, value_set=holders.combine_chunks()).to_numpy(
            zero_copy_only=False
        )
        kept = wanted[found.fake] | wanted[found.victim] | wanted[found.genuine]
    names = dealings.accounts
    findings = []
    for place in np.flatnonzero(kept).tolist():
        fake, victim, genuine = (
            names[int(codes[place])].as_py() for codes in (found.fake, found.victim, found.genuine)
        )
        row = int(found.row[place])
        pool = int(book.movements["source"][row].as_py())
        why = _("looks like {genuine}, which {victim} deals with; only dust ever moved here")
        caution = _("compare whole addresses: who copies this one pays whoever made it")
        said = Statement(
            what="address_poisoning",
            subject=f"{book.pools['chain'][pool].as_py()}:{fake}",
            score=SCORE,
            why=(why.format(genuine=genuine, victim=victim), caution),
            rows=np.array([row]),
        )
        findings.append(finding_of(book, said, method=METHOD, params={"head": HEAD, "tail": TAIL}))
    return findings
