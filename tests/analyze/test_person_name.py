"""Korean names both ways, on a list of 100 variants and 50 near-misses; and what may read a name at all."""

import ast
from pathlib import Path

import pytest
from bench.linkage_people import korean_pairs

from bongsu.analyze.hangul import romanize
from bongsu.analyze.person_name import korean_names, korean_readings, same_korean_name

ROOT = Path(__file__).parents[2]
READS_NAMES = {"latin_letters", "linkage_feature", "name_match", "person_name", "same_person"}
"""Modules of linking, which alone may read how a name is spelled."""


def test_variants_are_found():
    variants = korean_pairs(True)
    missed = [pair for pair in variants if not same_korean_name(*pair)]
    assert len(variants) == 100
    assert len(missed) <= 5, missed


def test_near_misses_are_not():
    misses = korean_pairs(False)
    taken = [pair for pair in misses if same_korean_name(*pair)]
    assert len(misses) == 50
    assert len(taken) <= 2, taken  # 5 % of 50, rounded down


@pytest.mark.parametrize("pair", korean_pairs(True)[::7] + korean_pairs(False)[::7])
def test_the_order_of_the_two_does_not_matter(pair):
    assert same_korean_name(*pair) == same_korean_name(*reversed(pair))


@pytest.mark.parametrize(
    "name", ["김민수", "이영호", "최은희", "박지훈", "정재원", "윤서연", "황규민", "강동혁"]
)
@pytest.mark.parametrize("system", ["revised", "mccune_reischauer"])
def test_hangul_to_latin_and_back(name, system):
    assert name in korean_readings(romanize(name[0], name[1:], system))


@pytest.mark.parametrize("name", ["Kim", "John Smith", "Anna Maria de la Cruz", "", "-", "Kim Xzq"])
def test_what_is_not_read_as_a_korean_name_has_no_reading(name):
    assert korean_readings(name) == ()
    assert not same_korean_name(name, name)


def test_a_surname_of_two_syllables_is_read_both_ways():
    assert {len(parsed.given) for parsed in korean_names("남궁민")} == {1, 2}


def test_only_linking_reads_a_name():
    """A score may never depend on a name: no module that could make one imports what reads names."""
    readers = {}
    for path in (ROOT / "src" / "bongsu").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = getattr(node, "module", None) if isinstance(node, ast.ImportFrom) else None
            if module and module.rpartition(".")[2] in ("person_name", "name_match", "hangul"):
                readers.setdefault(path.stem, set()).add(module)
    assert set(readers) <= READS_NAMES
    assert readers
