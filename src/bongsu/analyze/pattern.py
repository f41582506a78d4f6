"""Patterns of a ledger as findings: the ones that are on, or those asked for by name."""

from collections.abc import Callable, Collection, Mapping

import numpy as np
import pyarrow.compute as pc

from bongsu.analyze.book import Book
from bongsu.analyze.cluster import label_masks
from bongsu.analyze.coinjoin import coinjoin_findings, find_coinjoins
from bongsu.analyze.cycle import cycles
from bongsu.analyze.deposit import deposit_findings, find_deposits
from bongsu.analyze.deposit_reuse import reused_deposits
from bongsu.analyze.dwell import dwell_times
from bongsu.analyze.end import Labels
from bongsu.analyze.fan import fans
from bongsu.analyze.heuristic import is_on
from bongsu.analyze.joint import joints_of_movements
from bongsu.analyze.layering import layering
from bongsu.analyze.payment import Payments, payments_of
from bongsu.analyze.peel_chain import peel_chains, peel_spend_chains
from bongsu.analyze.poisoning import poisonings
from bongsu.analyze.pool_mask import Mask, transaction_pools
from bongsu.analyze.structuring import structured_payments
from bongsu.analyze.tornado import ENTITY, find_visits, mixer_pools
from bongsu.analyze.tornado_lead import find_leads, mixer_findings
from bongsu.model.finding import Finding

PATTERNS = (
    "coinjoin", "mixer_pool", "mixer_lead", "peel_chain", "fan_out", "fan_in", "scatter_gather",
    "layering_depth", "pass_through", "dormancy", "structured_amounts", "deposit_account", "deposit_reuse",
    "cycle", "address_poisoning",
)  # fmt: skip
"""What a finding of a pattern can be."""


def patterns_of(
    book: Book,
    labels: Labels,
    *,
    sources: Mask | None = None,
    focus: Mask | None = None,
    only: Collection[str] | None = None,
) -> list[Finding]:
    """Findings of the patterns in a ledger, pattern by pattern.

    Args:
        book: The ledger.
        labels: Who is known to own an address: services, deposit addresses, mixers.
        sources: Pools that value was stolen to; without them there is no layering depth.
        focus: Pools that findings must be about, such as those that stolen value can touch; all by default.
        only: Of PATTERNS; by default those that are on.
    """
    wanted = {name for name in PATTERNS if (is_on(name) if only is None else name in only)}
    payments = payments_of(book)
    found = _of_outputs(book, wanted, focus)
    for makes, make in _makers(book, labels, payments, focus).items():
        if wanted & set(makes):
            found += make()
    if "layering_depth" in wanted and sources is not None and sources.any():
        service, deposit = label_masks(book.pools, labels)
        found += layering(book, sources, (service > 0) | deposit)
    return [one for one in found if one.what in wanted]


def _makers(
    book: Book, labels: Labels, payments: Payments, focus: Mask | None
) -> Mapping[tuple[str, ...], Callable[[], list[Finding]]]:
    """What each pattern between accounts makes."""
    return {
        ("mixer_pool", "mixer_lead"): lambda: _mixer(book, labels),
        ("peel_chain",): lambda: peel_chains(book, payments, focus),
        ("fan_out", "fan_in", "scatter_gather"): lambda: fans(book, payments, focus),
        ("pass_through", "dormancy"): lambda: dwell_times(book, payments, focus),
        ("structured_amounts",): lambda: structured_payments(book, payments, focus),
        ("deposit_account",): lambda: _deposit_accounts(book, labels, payments, focus),
        ("deposit_reuse",): lambda: _reused_deposits(book, labels, payments, focus),
        ("cycle",): lambda: cycles(book, payments, focus),
        ("address_poisoning",): lambda: poisonings(book, focus),
    }


def _of_outputs(book: Book, wanted: set[str], focus: Mask | None) -> list[Finding]:
    """CoinJoins and peel chains of UTXO transactions; in focus where one of their movements is."""
    if not wanted & {"coinjoin", "peel_chain"} or not transaction_pools(book.pools).any():
        return []
    joints = joints_of_movements(book.movements, book.pools)
    mixed = find_coinjoins(joints)
    found = coinjoin_findings(book, joints, mixed, focus=focus)
    return found + peel_spend_chains(book, joints, mixed.protocol > 0, focus=focus)


def _mixer(book: Book, labels: Labels) -> list[Finding]:
    chains = [chain for chain in pc.unique(book.pools["chain"]).to_pylist() if chain.startswith("eip155:")]
    named = [one for chain in chains for address in labels.addresses() for one in labels.of(chain, address)]
    pools = mixer_pools(named)
    routers = {label.address for label in named if label.entity == ENTITY} - {pool.address for pool in pools}
    mixer = find_visits(book, pools, routers)
    return mixer_findings(book, mixer, find_leads(mixer))


def _deposit_accounts(book: Book, labels: Labels, payments: Payments, focus: Mask | None) -> list[Finding]:
    service, _deposit = label_masks(book.pools, labels)
    found = find_deposits(payments, service)
    names = [""] * (int(service.max(initial=0)) + 1)
    for pool in np.flatnonzero(service).tolist():
        chain, holder = (book.pools[column][pool].as_py() for column in ("chain", "holder"))
        names[service[pool]] = labels.of(chain, holder)[0].name
    return deposit_findings(book, payments, found, names, focus=focus)


def _reused_deposits(book: Book, labels: Labels, payments: Payments, focus: Mask | None) -> list[Finding]:
    service, deposit = label_masks(book.pools, labels)
    return reused_deposits(book, payments, deposit, service > 0, focus=focus)
