import math

import pytest

from bongsu.errors import MissingExtraError
from bongsu.model.extra import load_extra


def test_a_module_that_is_there_is_imported():
    assert load_extra("math", "screen") is math


def test_a_module_that_is_missing_names_its_extra():
    with pytest.raises(MissingExtraError, match="the package no_such_package is not installed") as caught:
        load_extra("no_such_package.part", "screen")
    assert "bongsu[screen]" in caught.value.hint
