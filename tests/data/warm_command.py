"""The command line in copies of one process that has loaded all it needs; a copy may be killed on its way.

The process itself runs nothing: threads that a run leaves behind would be missing in its copies.

A line on its input is a JSON list of seconds, or null, and commands: a copy runs the commands one after the
other, and is killed after so many seconds. The answer is a line with how it ended (its exit status; negative:
the signal) and after how many seconds.
"""

import faulthandler
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BATCH_ROWS = 2_000
"""So that a small file has many batches."""
MOST_SECONDS = 60
"""A copy that takes longer says where it is and fails."""
LOADED = [
    "duckdb", "numba", "pyarrow.compute", "pyarrow.parquet", "rich.progress",
    "bongsu.app.cli.main", "bongsu.app.jobs.ledger_import", "bongsu.app.jobs.rehearse",
    "bongsu.normalize.evm_transaction", "bongsu.normalize.flow",
    "bongsu.read.ethereum_etl", "bongsu.read.flows",
]  # fmt: skip


class Copies:
    """The warm process as the test sees it."""

    def __init__(self, process):
        self.process = process

    def run(self, *commands, seconds=None):
        """How a copy that runs these commands ended, and after how many seconds."""
        words = [[str(word) for word in command] for command in commands]
        print(json.dumps([seconds, words]), file=self.process.stdin, flush=True)
        status, spent = json.loads(self.process.stdout.readline())
        return status, spent


@contextmanager
def warm_copies():
    """The process; it ends with the block."""
    command = [sys.executable, "-m", "tests.data.warm_command"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        try:
            yield Copies(process)
        finally:
            process.stdin.close()


def run_all(commands):
    """Exit status of the first command that fails, or 0."""
    from bongsu.app.cli.main import main

    for words in commands:
        sys.argv = ["bongsu", *words]
        try:
            main()
        except SystemExit as ended:
            if ended.code:
                return ended.code
    return 0


def end(commands):
    """Nothing ever; the copy ends, whatever happens in it."""
    status = 1
    try:
        status = run_all(commands)
    finally:
        os._exit(status)


def run_copy(seconds, commands):
    """How a copy of this process ended, and after how many seconds."""
    start = time.perf_counter()
    copy = os.fork()
    if not copy:
        faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
        end(commands)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(copy, signal.SIGKILL)
    _copy, status = os.waitpid(copy, 0)
    return os.waitstatus_to_exitcode(status), time.perf_counter() - start


def serve():
    """Nothing; answers each line."""
    for name in LOADED:
        import_module(name)
    from bongsu.app.jobs.ledger_plan import ImportRequest

    ImportRequest.__init__.__kwdefaults__["batch_rows"] = BATCH_ROWS
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        print(json.dumps(run_copy(*json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    serve()
