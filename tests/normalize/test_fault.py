from bongsu.normalize.fault import Fault


def test_equal_faults_are_one_group():
    assert len({Fault("rule", "why"), Fault("rule", "why"), Fault("rule", "else")}) == 2
