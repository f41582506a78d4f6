import dataclasses

import pytest

from bongsu.normalize.context import Context


def test_defaults_say_nothing_beyond_the_chain_and_stay_as_they_are():
    context = Context()
    assert (context.chain, context.traces_present, context.unit) == ("eip155:1", False, "")
    assert not context.base_fees
    assert not context.decimals
    assert not context.columns
    with pytest.raises(dataclasses.FrozenInstanceError):
        context.chain = "eip155:56"
