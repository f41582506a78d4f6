from bongsu.facts.hunt_step import next_steps_of


def test_the_steps_of_a_tactic_come_before_those_for_all():
    steps = next_steps_of(("execution", "persistence"))
    assert "parent process" in steps[0]
    assert "autostart" in steps[1]
    assert steps[-2:] == next_steps_of(())


def test_a_tactic_that_is_not_known_has_no_step_of_its_own():
    assert next_steps_of(("juggling",)) == next_steps_of(())
