"""Killing a worker of a cluster while a task of it runs."""

import threading
import time

from pyspark import SparkContext


class Killer:
    """Told the stages of a trace; at one of them it waits until Spark is busy and kills a worker."""

    def __init__(self, cluster, *, at, worker=0):
        self.cluster, self.at, self.worker = cluster, at, worker
        self.thread = None
        self.busy = False
        self.executors = []

    def __call__(self, stage):
        """Nothing; starts the thread that kills when the stage is there."""
        if self.thread is None and stage.startswith(self.at):
            self.executors.append(executors())
            self.thread = threading.Thread(target=self._kill)
            self.thread.start()
        elif self.thread is not None and stage.startswith("extracting"):
            self.executors.append(executors())

    def _kill(self):
        tracker = SparkContext._active_spark_context.statusTracker()
        until = time.monotonic() + 30
        while not self.busy and time.monotonic() < until:
            self.busy = any(
                stage is not None and stage.numActiveTasks
                for stage in map(tracker.getStageInfo, tracker.getActiveStageIds())
            )
        self.cluster.kill_worker(self.worker)


def executors():
    """Number of executors that work for the session."""
    return len(SparkContext._active_spark_context._jsc.sc().statusTracker().getExecutorInfos()) - 1
