"""Rules that ship are whole Sigma rules with techniques, levels, innocent causes and samples."""

from uuid import UUID

import pytest
from tests.facts.detection_samples import SAMPLES

from bongsu.facts.detection import RULES, detection_files
from bongsu.facts.technique import load_techniques
from bongsu.model.detection import LEVELS

rule = pytest.importorskip("sigma.rule", reason="needs the extra hunt")
FILES = detection_files()
VAGUE = {"", "unknown", "none", "unlikely"}


def parsed(path):
    return rule.SigmaRule.from_yaml(path.read_text(encoding="utf-8"))


def test_there_are_rules_and_each_has_samples():
    assert len(FILES) >= 25
    assert RULES.is_dir()
    ids = [str(parsed(path).id) for path in FILES]
    assert len(set(ids)) == len(ids)
    assert set(ids) == set(SAMPLES)
    assert all(UUID(one).version == 4 for one in ids)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_parses_and_says_what_it_is(path):
    found = parsed(path)
    assert found.detection.parsed_condition[0].parsed
    assert found.author == "The Bongsu team"
    assert found.level.name.lower() in LEVELS
    assert found.references
    assert {text.lower().strip() for text in found.falsepositives}.isdisjoint(VAGUE)
    assert found.falsepositives
    assert found.logsource.category
    tags = {tag.name for tag in found.tags if tag.namespace == "attack"}
    techniques = {name.upper() for name in tags if name[:1] == "t" and name[1:2].isdigit()}
    assert techniques
    assert techniques <= set(load_techniques())
    assert tags - {name.lower() for name in techniques}, "a tactic"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_samples_are_of_the_rules_source_and_look_alike(path):
    found = parsed(path)
    positive, negative, stream = SAMPLES[str(found.id)]
    assert positive != negative
    assert set(positive) == set(negative), "a hard negative has the same fields"
    assert found.logsource.category == stream.category
    assert found.logsource.product in {None, stream.product}
    assert all(isinstance(value, str) and value for event in (positive, negative) for value in event.values())
