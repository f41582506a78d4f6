"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("bongsu", deadline=None)
settings.load_profile("bongsu")
"""No test times its work: a first call compiles, and machines differ."""


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real public data; its tests are skipped where BONGSU_TEST_DATA does not name it."""
    folder = os.environ.get("BONGSU_TEST_DATA", "")
    if not folder:
        pytest.skip("BONGSU_TEST_DATA does not name the folder of real data")
    path = Path(folder).resolve()
    assert path.is_dir(), f"BONGSU_TEST_DATA names {folder}, which is not a folder"
    return path


@pytest.fixture(scope="session")
def onchain(real_data: Path) -> Path:
    """Folder of real on-chain data."""
    return real_data / "onchain"
