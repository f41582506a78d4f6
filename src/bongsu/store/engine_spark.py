"""Spark over Parquet files: on a cluster, or on some cores of this machine.

What the cluster runs is plain SQL; workers need Java and the files, no Python. Small tables go out with
each question and answers come back to this process, so that the loss of a worker loses no state: Spark
runs the tasks that it had again elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from bongsu.model.transfer import TRANSFER
from bongsu.store.engine_parquet import demand_columns, engine_failed
from bongsu.store.part_pack import by_form, text_columns
from bongsu.store.part_set import local_files, no_files
from bongsu.store.spark_session import spark_session

BROADCAST_BYTES = 64 << 20
"""A given table up to this is sent to every worker whole."""
LEAST_TASKS, TASKS_A_SPLIT = 8, 4
"""Tasks that rows are dealt out to where they must meet, and how many for each split of the input."""
_GLOB = re.compile(r"([\[\]{}*?])")


class SparkEngine:
    """Runs expressions in Spark; implements `bongsu.model.ports.Engine`."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401
        self.session = session

    @property
    def name(self) -> str:
        """Spark and its version."""
        return f"spark {self.session.version}"

    def list_files(self, pattern: str) -> dict[str, str]:
        """Path or URL to SHA-256 of the files that a pattern names; what is at a URL the workers read.

        Raises:
            InputError: When there are none.
            LedgerError: When the store of a URL refuses.
        """
        if "://" not in pattern:
            return local_files(pattern)
        with _errors(self.name):
            reader = self.session.read.format("binaryFile").option("pathGlobFilter", "*.parquet")
            files = reader.option("recursiveFileLookup", "true").load(pattern)
            rows = files.selectExpr("path", "sha2(content, 256) AS sha256").collect()
        if not rows:
            raise no_files(pattern)
        return {self.path_of(row["path"].replace("%", "%25")): row["sha256"] for row in rows}

    def load(self, paths: Iterable[str]) -> None:
        """Nothing; the movements are the rows of these files from now on.

        Raises:
            LedgerError: When a file is no Parquet, or lacks a column of a transfer.
        """
        with _errors(self.name):
            frames = [self._read(group) for group in by_form(paths).values()]
            frame = reduce(lambda first, second: first.unionByName(second), frames)
            tasks = max(LEAST_TASKS, TASKS_A_SPLIT * frame._jdf.rdd().getNumPartitions())
            self.session.conf.set("spark.sql.shuffle.partitions", str(tasks))
            frame.createOrReplaceTempView("movements")

    def _read(self, paths: list[str]) -> Any:  # noqa: ANN401
        """Rows of files of which the same columns are bytes."""
        frame = self.session.read.parquet(*map(_url, paths))
        demand_columns(frame.columns)
        texts = text_columns([name for name, kind in frame.dtypes if kind == "binary"])
        columns = [f"{texts[name]} AS {name}" if name in texts else f"`{name}`" for name in TRANSFER.names]
        return frame.selectExpr(*columns, "_metadata.file_path AS part")

    def path_of(self, part: str) -> str:
        """Path or URL of the file that a row is from."""
        return re.sub(r"^file:/+", "/", unquote(part))

    def run(self, question: Any, **given: pa.Table) -> pa.Table:  # noqa: ANN401
        """Rows of an unbound expression over the movements and the tables given.

        Raises:
            LedgerError: When Spark gives up; it tries each task several times.
        """
        with _errors(self.name):
            import ibis
            from pyspark.sql.functions import broadcast

            for name, table in given.items():
                frame = self.session.createDataFrame(table)
                small = table.nbytes <= BROADCAST_BYTES
                (broadcast(frame) if small else frame).createOrReplaceTempView(name)
            found: pa.Table = self.session.sql(str(ibis.to_sql(question, dialect="pyspark"))).toArrow()
            return found


@contextmanager
def open_spark(master: str) -> Iterator[SparkEngine]:
    """Engine on a master, closed at the end.

    Args:
        master: `spark://HOST:PORT`, or `local[N]`.

    Raises:
        MissingExtraError: When the extra `spark` is not installed.
        InputError: When nothing answers there, no worker is free, or there is no Java.
    """
    with spark_session(master) as session:
        yield SparkEngine(session)


def _url(path: str) -> str:
    """Path or URL as Spark takes it: on every worker the same, no pattern."""
    return _GLOB.sub(r"\\\1", path if "://" in path else f"file:{path}")


@contextmanager
def _errors(name: str) -> Iterator[None]:
    """Nothing; turns what Spark says into an error with one line and no stack of Java's."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise engine_failed(name, _reason(error)) from error


def _reason(error: Exception) -> str:
    """What went wrong first: the innermost cause that Java names."""
    causes = re.findall(r"^(?:Caused by: )?[\w.$]*(?:Exception|Error): (.+)$", str(error), re.MULTILINE)
    return causes[-1] if causes else str(error)
