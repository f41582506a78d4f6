"""The policies by name, in the order they are shown, and the run of all of them on one case."""

from collections.abc import Callable
from typing import NamedTuple

from bongsu.analyze.extract import Extract
from bongsu.kernel.case import Array, Case, Fragments, Holdings
from bongsu.kernel.haircut import haircut
from bongsu.kernel.pari_passu import pari_passu
from bongsu.kernel.poison import poison
from bongsu.kernel.priority_taint import priority_taint
from bongsu.kernel.queue_taint import queue_taint


class Options(NamedTuple):
    """What a policy may need beside the case."""

    fees: Array
    """1 for movements that pay a fee: they come last in their transaction."""
    unknown_newest: bool


Policy = Callable[[Case, Options], tuple[Fragments, Holdings]]


def _haircut(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return haircut(case)


def _fifo(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return queue_taint(case, unknown_newest=options.unknown_newest)


def _lifo(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return queue_taint(case, newest_first=True, unknown_newest=options.unknown_newest)


def _tiho(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return priority_taint(case, stolen_first=True, highest_out=True, last=options.fees)


def _pifo(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return priority_taint(case, stolen_first=True)


def _libr(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return priority_taint(case, stolen_first=False)


def _poison(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return poison(case)


def _pari_passu(case: Case, options: Options) -> tuple[Fragments, Holdings]:
    return pari_passu(case)


POLICIES: dict[str, Policy] = {
    "poison": _poison,
    "haircut": _haircut,
    "fifo": _fifo,
    "lifo": _lifo,
    "tiho": _tiho,
    "pifo": _pifo,
    "libr": _libr,
}
"""Every policy for one victim or many."""
FOR_SEVERAL: dict[str, Policy] = {"pari_passu": _pari_passu, "rolling_charge": _haircut}
"""Policies that say something of their own only where there are several victims."""
NOT_CONSERVING = frozenset({"poison"})


def policies_for(victims: int, wanted: list[str] | None = None) -> dict[str, Policy]:
    """Policies to run, in the order to show them; `wanted` keeps some."""
    found = POLICIES | (FOR_SEVERAL if victims > 1 else {})
    return {name: run for name, run in found.items() if not wanted or name in wanted}


def run_policies(
    found: Extract, policies: dict[str, Policy], *, unknown_newest: bool = False
) -> dict[str, tuple[Fragments, Holdings]]:
    """Fragments and holdings by policy."""
    options = Options(found.fees, unknown_newest)
    return {name: run(found.case, options) for name, run in policies.items()}
