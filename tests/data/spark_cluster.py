"""A real standalone Spark cluster on loopback: a master and workers, each a process of its own."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60
QUICK_JAVA = "-XX:TieredStopAtLevel=1"
"""Compile once and plainly: processes of a test do not live long enough for more."""


def missing():
    """What a cluster lacks on this machine, or empty."""
    if importlib.util.find_spec("pyspark") is None:
        return "the extra spark is not installed"
    return "" if shutil.which("java") else "there is no Java"


@dataclass
class Cluster:
    """Processes of a cluster; each leads a group of its own, so that its executors go with it."""

    folder: Path
    master: str = ""
    processes: list = field(default_factory=list)
    workers: list = field(default_factory=list)

    def start_worker(self, memory="1g"):
        """Nothing; one more worker of one core is registered."""
        name = f"worker{len(self.workers)}"
        words = ["--cores", "1", "--memory", memory, "--work-dir", str(self.folder / name), self.master]
        self.workers.append(self._start("worker.Worker", name, words))
        self._said(name, r"(Successfully registered) with master")

    def start_master(self):
        """Nothing; the master listens at a port that was free, and takes applications."""
        self._start("master.Master", "master", [])
        self.master = self._said("master", r"(spark://127\.0\.0\.1:\d+)")
        self._said("master", r"New state: (ALIVE)")

    def kill_worker(self, number):
        """Nothing; a worker and its executors are gone at once, without a word to anyone."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def alive(self):
        """Number of workers that run."""
        return sum(worker.poll() is None for worker in self.workers)

    def stop(self):
        """Nothing; no process of the cluster is left."""
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, what, name, words):
        home = Path(importlib.util.find_spec("pyspark").origin).parent
        command = ["java", "-Xmx256m", QUICK_JAVA, "-cp", f"{home}/jars/*", f"org.apache.spark.deploy.{what}"]
        command += ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *words]
        own = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_SCALA_VERSION": "2.13"}
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, **own},
                cwd=self.folder,
            )
        self.processes.append(process)
        return process

    def _said(self, name, pattern):
        """What the log of a process says, as soon as it does."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            found = re.search(pattern, (self.folder / f"{name}.log").read_text(errors="replace"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise TimeoutError(f"{name} did not start: {(self.folder / f'{name}.log').read_text()[-1000:]}")


@contextmanager
def running_cluster(folder, *, workers=2, memory="1g"):
    """A cluster with its workers, whose processes end with the block, whatever happens in it."""
    cluster = Cluster(folder)
    try:
        cluster.start_master()
        for _ in range(workers):
            cluster.start_worker(memory)
        yield cluster
    finally:
        cluster.stop()
