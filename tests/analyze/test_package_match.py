import pytest
from tests.data.indicator_case import block_of, indicators_of, read_all

from bongsu.analyze.indicator_index import build_index
from bongsu.analyze.package_match import match_packages, real_package
from bongsu.normalize.indicator import IndicatorMaker
from bongsu.normalize.warning_list import WarningLists
from bongsu.read import packages_csv

INDEX = build_index(
    indicators_of(
        {"type": "package", "value": "axios", "namespace": "npm", "versions": "1.14.1", "source": "a"},
        {"type": "package", "value": "axios", "namespace": "npm", "versions": "0.30.4", "source": "a"},
        {"type": "package", "value": "tailwindcss-anim", "namespace": "npm", "source": "a"},
        {"type": "package", "value": "Evil_Lib", "namespace": "pip", "versions": ">=1,<2", "source": "a"},
        {"type": "npm_alias", "value": "fukdev", "source": "a"},
    )
)


def met(ecosystem, name, version="", alias=""):
    block = block_of(
        ("lockfile", ecosystem), name=["left-pad", name], version=["1.0", version], alias_of=["", alias]
    )
    return [INDEX.of_key(int(key))[0]["value"] for one in match_packages(block, INDEX) for key in one.key]


@pytest.mark.parametrize(
    ("ecosystem", "name", "version", "alias", "value"),
    [
        ("npm", "axios", "1.14.1", "", "axios"),
        ("npm", "axios", "0.30.4", "", "axios"),
        ("npm", "tailwindcss-anim", "9.9.9", "", "tailwindcss-anim"),
        ("npm", "tailwindcss-anim", "", "", "tailwindcss-anim"),
        ("npm", "http", "1.14.1", "axios", "axios"),
        ("npm", "http", "", "npm:axios@1.14.1", "axios"),
        ("pypi", "evil.lib", "1.5", "", "evil_lib"),
        ("npm", "@fukdev/anything", "1.0.0", "", "fukdev"),
    ],
)
def test_malicious_packages_are_met(ecosystem, name, version, alias, value):
    assert met(ecosystem, name, version, alias) == [value]


@pytest.mark.parametrize(
    ("ecosystem", "name", "version", "alias"),
    [
        ("npm", "axios", "1.14.0", ""),
        ("npm", "axios", "", ""),
        ("npm", "axios", "1.14.10", ""),
        ("pypi", "axios", "1.14.1", ""),
        ("npm", "tailwindcss-animate", "1.0.7", ""),
        ("npm", "@x/tailwindcss-anim", "1.0.7", ""),
        ("npm", "axios", "1.14.1", "left-pad"),
        ("pypi", "evil-lib", "2.0", ""),
        ("npm", "fukdev", "1.0.0", ""),
        ("npm", "@fukdev2/x", "1.0.0", ""),
        ("pypi", "@fukdev/x", "1.0.0", ""),
    ],
)
def test_decoys_are_not(ecosystem, name, version, alias):
    assert met(ecosystem, name, version, alias) == []


def test_other_logs_are_not_looked_at():
    assert match_packages(block_of(("zeek", "dns"), name=["axios"], version=["1.14.1"]), INDEX) == []


def test_every_row_of_a_package_is_met():
    block = block_of(("lockfile", "npm"), name=["axios", "a", "axios"], version=["1.14.1", "1", "1.14.1"])
    (found,) = match_packages(block, INDEX)
    assert found.row.tolist() == [0, 2]
    assert found.view.values[int(found.view.code[0])].as_py() == "axios@1.14.1"


@pytest.mark.parametrize(
    ("name", "alias", "real"),
    [
        ("a", "", ("a", "1")),
        ("a", "@s/b", ("@s/b", "1")),
        ("a", "npm:@s/b@2", ("@s/b", "1")),
        ("a", "npm:b", ("b", "1")),
    ],
)
def test_an_alias_says_what_it_is(name, alias, real):
    assert real_package(name, "1", alias) == real


def test_all_real_packages_are_met_and_their_names_alone_only_where_no_version_is_stated(real_data):
    raw, _ = read_all(packages_csv, real_data / "espionage" / "packages.csv")
    table = IndicatorMaker(WarningLists()).make(raw).indicators
    index = build_index(table)
    names, versions = table["value"].to_pylist(), table["versions"].to_pylist()
    block = block_of(("lockfile", "npm"), name=names, version=[one or "1.0.0" for one in versions])
    (found,) = match_packages(block, index)
    assert sorted(set(found.row.tolist())) == list(range(583))
    clean = block_of(
        ("lockfile", "npm"), name=[f"{one}-x" for one in names] + ["axios"], version=["1.0.0"] * 584
    )
    assert match_packages(clean, index) == []
