import gc

import pytest

from bongsu.app.jobs.collection import without_collection


def test_no_cycles_are_searched_for_meanwhile_and_then_again():
    assert gc.isenabled()
    with without_collection():
        assert not gc.isenabled()
        with without_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_turns_it_on_again():
    with pytest.raises(ValueError, match="wrong"), without_collection():
        raise ValueError("wrong")
    assert gc.isenabled()


def test_a_function_can_be_run_without_it():
    assert not without_collection()(gc.isenabled)()
    assert gc.isenabled()


def test_what_was_made_is_old_and_what_was_frozen_stays_frozen():
    with without_collection():
        made = [[number] for number in range(1000)]
    assert any(one is made for one in gc.get_objects(generation=2))
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with without_collection():
            made.append([])
        assert gc.get_freeze_count() == frozen > 0
    finally:
        gc.unfreeze()
