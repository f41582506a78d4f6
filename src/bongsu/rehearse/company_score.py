"""How well a screening finds the networks of a made company, and whom it refers without cause."""

from collections.abc import Iterable
from typing import NamedTuple

from bongsu.model.red_flag import FAMILIES, FlagHit, weight_of
from bongsu.rehearse.company import Company

CONFIDENCE = 0.95


class FamilyScore(NamedTuple):
    """Of people with a hit of strength high and more that nothing explains."""

    family: str
    hit: int
    fraudulent: int
    precision: float
    recall: float


class CompanyScore(NamedTuple):
    """What was found; a network is found where half of its workers are referred."""

    networks: int
    found: int
    workers: int
    referred_workers: int
    innocents: int
    referred_innocents: tuple[str, ...]
    upper_bound: float
    """One-sided upper bound of the rate of innocent referrals, at 95 %."""
    families: tuple[FamilyScore, ...]

    @property
    def recall(self) -> float:
        """Share of networks that were found."""
        return self.found / self.networks if self.networks else 0.0


def score_company(company: Company, referred: Iterable[str], hits: Iterable[FlagHit]) -> CompanyScore:
    """Score of the people whom a screening refers.

    Args:
        company: With its truth.
        referred: Ids of people who were referred.
        hits: All hits.
    """
    named = frozenset(referred)
    workers = frozenset().union(*company.networks)
    innocent = named - workers
    strong = [hit for hit in hits if not hit.explained and weight_of(hit.strength) >= weight_of("high")]
    return CompanyScore(
        networks=len(company.networks),
        found=sum(len(group & named) * 2 >= len(group) for group in company.networks),
        workers=len(workers),
        referred_workers=len(workers & named),
        innocents=company.people - len(workers),
        referred_innocents=tuple(sorted(innocent)),
        upper_bound=upper_bound(len(innocent), company.people - len(workers)),
        families=tuple(_family(one, strong, workers) for one in FAMILIES),
    )


def upper_bound(found: int, of: int) -> float:
    """Upper end of the one-sided 95 % interval of a rate (Clopper and Pearson, 1934), by bisection."""
    if found >= of:
        return 1.0
    low, high = 0.0, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(found, of, middle) > 1 - CONFIDENCE else (low, middle)
    return high


def _at_most(found: int, of: int, rate: float) -> float:
    """Chance of so many or fewer of a binomial."""
    term = (1 - rate) ** of
    total = term
    for count in range(found):
        term *= (of - count) / (count + 1) * rate / (1 - rate)
        total += term
    return total


def _family(family: str, strong: list[FlagHit], workers: frozenset[str]) -> FamilyScore:
    hit = {one.subject for one in strong if one.family == family}
    right = len(hit & workers)
    precision = right / len(hit) if hit else 0.0
    return FamilyScore(family, len(hit), right, precision, right / len(workers) if workers else 0.0)
