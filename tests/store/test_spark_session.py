"""A master that cannot be used is said in one line and in bounded time."""

import signal
import socket
import subprocess
import sys
import time

import pytest
from tests.data.spark_cluster import running_cluster

from bongsu.errors import InputError, MissingExtraError
from bongsu.store import spark_session as starting
from bongsu.store.spark_session import spark_session

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
NO_JAVA = """
import sys
from bongsu.errors import InputError
from bongsu.store.spark_session import spark_session
try:
    with spark_session("local[1]"):
        pass
except InputError as error:
    print(error, error.hint)
"""


def open_and_close(master):
    with spark_session(master) as session:
        return session.version


@pytest.mark.parametrize("master", ["oracle", "local[x]", "local[1", "spark://", "spark://a/b", "yarn", ""])
def test_what_is_no_master_is_refused(master):
    with pytest.raises(InputError, match="it is not known") as caught:
        open_and_close(master)
    assert "spark://HOST:PORT" in caught.value.hint


@pytest.mark.parametrize("master", ["spark://127.0.0.1:{port}", "spark://127.0.0.1:{port},[::1]:{port}"])
def test_a_master_that_does_not_answer_is_refused_at_once(master):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        start = time.monotonic()
        with pytest.raises(InputError, match="no master answers there"):
            open_and_close(master.format(port=taken.getsockname()[1]))
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("master", ["spark://127.0.0.1:no", "spark://127.0.0.1:99999", "spark://127.0.0.1"])
def test_an_address_that_can_be_none_is_refused(master):
    with pytest.raises(InputError, match="no master answers there"):
        open_and_close(master)


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtraError, match="pyspark is not installed") as caught:
        open_and_close("local[1]")
    assert "bongsu[spark]" in caught.value.hint


def test_without_java_it_is_said_without_noise(java, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", NO_JAVA],
        env={"PATH": "/usr/bin:/bin", "JAVA_HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Cannot use engine local[1]: Spark does not start on this machine.")
    assert "Java 17" in done.stdout
    assert "Java" not in done.stderr


def test_a_cluster_without_a_worker_is_refused_in_time(java, tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "WORKER_SECONDS", 1)
    before = signal.getsignal(signal.SIGINT)
    with (
        running_cluster(tmp_path, workers=0) as cluster,
        pytest.raises(InputError, match="no worker") as caught,
    ):
        open_and_close(cluster.master)
    assert "Start workers" in caught.value.hint
    assert signal.getsignal(signal.SIGINT) is before
