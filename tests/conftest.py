"""Fixtures that every test may use."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.data.spark_cluster import QUICK_JAVA, missing

settings.register_profile("bongsu", deadline=None, derandomize=not os.environ.get("BONGSU_FULL"))
settings.load_profile("bongsu")
"""No test times its work: a first call compiles, and machines differ. The same examples are tried on every
run; BONGSU_FULL looks for new ones, and what it finds becomes an @example."""


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


@pytest.fixture(scope="session")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Java and Spark, set to start quickly; tests that need them are skipped where they are missing."""
    if why := missing():
        pytest.skip(f"no Spark here: {why}")
    folder = tmp_path_factory.mktemp("spark-conf")
    names = ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions")
    (folder / "spark-defaults.conf").write_text("".join(f"{name} {QUICK_JAVA}\n" for name in names))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        yield
    gc.collect()
