"""A name resolves to everything that a source means by it, and an unknown one to nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.analyze.actor import normalize_name, resolve_actor
from bongsu.facts.group import load_groups

CONTESTED = {
    "Andariel": {"andariel", "lazarus"},
    "Labyrinth Chollima": {
        "diamond-sleet", "citrine-sleet", "tradertraitor", "moonstone-sleet", "lazarus",
    },
    "Velvet Chollima": {"kimsuky", "opal-sleet", "ruby-sleet"},
    "Operation Troy": {"andariel", "lazarus"},
    "Lazarus Group": {"lazarus", "diamond-sleet"},
    "APT43": {"kimsuky", "opal-sleet"},
    "APT45": {"andariel", "apt45"},
    "PurpleBravo": {"contagious-interview", "wagemole"},
}  # fmt: skip


def owners(actor):
    """Clusters of which the galaxy's entry of this name is part."""
    return {
        slug
        for slug, group in load_groups().items()
        for entry in group.entries
        if entry.source == "misp" and entry.name == actor
    }


def test_every_synonym_of_the_galaxy_means_its_actor_too(real_data):
    actors = json.loads((real_data / "espionage" / "actor_aliases.json").read_text())["actors"]
    assert len(actors) == 26
    count = 0
    for actor in actors:
        (owner,) = owners(actor["name"])
        for name in (actor["name"], *actor["synonyms"]):
            found = resolve_actor(name)
            assert owner in found.clusters, name
            assert ("misp", actor["name"]) in {(one.source, one.entry) for one in found.claims}, name
            count += 1
    assert count > 110


def test_what_is_contested_within_the_sources_is_contested_here(real_data):
    galaxy = json.loads((real_data / "intel" / "misp-galaxy-dprk.json").read_text())
    for name, claims in galaxy["contested_within_one_source"].items():
        found = resolve_actor(name)
        assert found.contested, name
        assert len({(one.source, one.entry) for one in found.claims}) == len(claims), name


@pytest.mark.parametrize(("name", "clusters"), CONTESTED.items())
def test_a_contested_name_means_all_with_who_says_so(name, clusters):
    found = resolve_actor(name)
    assert found.clusters == clusters
    assert found.contested
    assert all(one.source and one.reference and one.entry for one in found.claims)


@pytest.mark.parametrize("written", ["APT 37", "apt-37", "Apt37", "APT037", "aPT_37"])
def test_spelling_does_not_matter(written):
    assert resolve_actor(written).clusters == {"apt37"}


def test_words_such_as_group_do_not_matter():
    assert resolve_actor("ScarCruft Group").clusters == {"apt37"}
    assert resolve_actor("lazarus").clusters == {"lazarus", "diamond-sleet"}
    assert resolve_actor("DEV-0139").clusters == {"lazarus", "citrine-sleet"}


def test_two_names_with_a_slash_mean_either():
    assert resolve_actor("ScarCruft/APT37").clusters == {"apt37"}
    assert resolve_actor("BlueNoroff/APT38").clusters == {"apt38", "lazarus"}


@pytest.mark.parametrize(
    "name", ["", "DPRK (unspecified)", "APT28", "APT3", "Kim", "Chollima", "/", "Lazarus2"]
)
def test_an_unknown_name_means_nothing(name):
    found = resolve_actor(name)
    assert found.claims == ()
    assert not found.contested


@given(st.sampled_from(sorted({n for g in load_groups().values() for e in g.entries for n in e.names})))
def test_case_and_marks_do_not_change_what_a_name_means(name):
    changed = name.upper().replace(" ", "-")
    assert resolve_actor(changed).clusters == resolve_actor(name).clusters != frozenset()
    assert normalize_name(normalize_name(name)) == normalize_name(name)
