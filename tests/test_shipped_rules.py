"""Each rule that ships is met by the event that it is written for, and not by one that looks like it."""

import pytest
from tests.data.log_block import block
from tests.facts.detection_samples import SAMPLES

from bongsu.analyze.detect import Detector
from bongsu.app.jobs.hunt_rule import load_rules


@pytest.fixture(scope="module")
def detector(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        rules = load_rules(())
    assert rules.faults == []
    return Detector(rules.detections)


@pytest.mark.parametrize("rule", SAMPLES)
def test_a_rule_is_met_by_its_sample_and_not_by_the_hard_negative(detector, rule):
    positive, negative, stream = SAMPLES[rule]
    met = {
        (hit.detection.id, row)
        for hit in detector.find(block([positive, negative], stream))
        for row in hit.rows.tolist()
    }
    assert (rule, 0) in met
    assert (rule, 1) not in met
