"""A Spark session on a master: started without a word on the terminal, in bounded time, closed at the end."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from bongsu.errors import InputError, MissingExtraError
from bongsu.model.text import _

MASTER = re.compile(r"spark://[^/]+|local(\[(\d+|\*)\])?")
"""Masters that are taken: a standalone cluster, or threads of this machine."""
REACH_SECONDS, WORKER_SECONDS = 5, 60
"""How long a master may take to answer, and its workers to begin."""
_DRIVER_MEMORY = "4g"
_LOOPBACK = ("127.0.0.1", "localhost")


@contextmanager
def spark_session(master: str) -> Iterator[Any]:
    """Session on a master, closed at the end.

    Args:
        master: `spark://HOST:PORT`, or `local[N]`.

    Raises:
        MissingExtraError: When the extra `spark` is not installed.
        InputError: When nothing answers there, no worker is free, or there is no Java.
    """
    _demand_master(master)
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtraError(
            _("Cannot use engine {engine}: the package {package} is not installed.").format(
                engine=master, package="pyspark"
            ),
            hint=_("Install it with: {command}").format(command="pip install 'bongsu[spark]'"),
        ) from error
    with TemporaryDirectory(prefix="bongsu-spark-") as folder, _own_interrupt():
        context = _start(master, folder)
        try:
            _demand_worker(context, master)
            yield SparkSession(context)
        finally:
            context.stop()


def _demand_master(master: str) -> None:
    """Nothing; the text is that of a master, and where it is a cluster something answers there.

    Raises:
        InputError: When not.
    """
    if not MASTER.fullmatch(master):
        raise InputError(
            _("Cannot use engine {engine}: it is not known.").format(engine=master),
            hint=_("Known: duckdb, local[CORES], spark://HOST:PORT."),
        )
    hosts = _hosts(master)
    if hosts and not any(_answers(host, port) for host, port in hosts):
        raise InputError(
            _("Cannot use engine {engine}: no master answers there.").format(engine=master),
            hint=_("Start one, or look at the address that its log states. More: docs/how-to/cluster.md"),
        )


def _hosts(master: str) -> list[tuple[str, str]]:
    """Host and port of each master of a cluster; several are stand-ins for one another."""
    found = master.removeprefix("spark://") if master.startswith("spark://") else ""
    return [
        (host.strip("[]"), port)
        for host, _colon, port in (one.rpartition(":") for one in found.split(",") if one)
    ]


def _answers(host: str, port: str) -> bool:
    try:
        with socket.create_connection((host, int(port)), timeout=REACH_SECONDS):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def _settings(master: str, folder: str) -> dict[str, str]:
    """What the session needs; all else is as the cluster's own spark-defaults.conf says."""
    found = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": folder,
        "spark.driver.maxResultSize": "0",
    }
    if "SPARK_DRIVER_MEMORY" not in os.environ:
        found["spark.driver.memory"] = _DRIVER_MEMORY
    if any(host in _LOOPBACK for host, _port in _hosts(master)):
        found |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return found


def _start(master: str, folder: str) -> Any:  # noqa: ANN401
    """Spark's context; what Java writes to the error stream goes nowhere, errors come back as such.

    Raises:
        InputError: When there is no Java, or the master takes no application.
    """
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    conf = SparkConf(loadDefaults=False).setMaster(master).setAppName("bongsu trace")
    conf.setAll(list(_settings(master, folder).items()))
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        gateway = SparkContext._gateway or launch_gateway(conf=conf, popen_kwargs=silent)
    except (PySparkException, OSError) as error:
        raise InputError(
            _("Cannot use engine {engine}: Spark does not start on this machine.").format(engine=master),
            hint=_("It needs Java 17 or later: install it, or set JAVA_HOME."),
        ) from error
    try:
        return SparkContext(conf=conf, gateway=gateway)
    except (Py4JError, PySparkException, ConnectionError) as error:
        raise InputError(
            _("Cannot use engine {engine}: it takes no application.").format(engine=master),
            hint=_("Look at the master's log; Spark must be of the same version on both sides."),
        ) from error


def _demand_worker(context: Any, master: str) -> None:  # noqa: ANN401
    """Nothing, once a worker of the cluster is at the disposal of the context.

    Raises:
        InputError: When there is none in time.
    """
    if not _hosts(master):
        return
    tracker, until = context._jsc.sc().statusTracker(), time.monotonic() + WORKER_SECONDS
    while len(tracker.getExecutorInfos()) < 2:  # the driver is one
        if time.monotonic() > until or context._jsc.sc().isStopped():
            raise InputError(
                _("Cannot use engine {engine}: no worker of it began in {seconds} s.").format(
                    engine=master, seconds=WORKER_SECONDS
                ),
                hint=_("Start workers, or wait until other applications leave some of them free."),
            )
        time.sleep(0.1)


@contextmanager
def _own_interrupt() -> Iterator[None]:
    """Nothing; Ctrl-C does after the block what it did before, for Spark puts a handler of its own."""
    try:
        handler = signal.getsignal(signal.SIGINT)
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, handler)
