from bongsu.app.jobs.hunt_attribution import attribution_document


def test_that_nobody_can_tell_is_an_answer_with_why():
    found = attribution_document([])
    assert found["cannot_tell"] is True
    assert found["clusters"] == []
    assert found["why"]
