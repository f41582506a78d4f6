"""One writer a ledger."""

import subprocess
import sys

import pytest

from bongsu.errors import LedgerError
from bongsu.store.lock import locked


def test_second_writer_is_told(tmp_path):
    with locked(tmp_path), pytest.raises(LedgerError, match="another process"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_lock_ends_with_its_process_however_that_ends(tmp_path):
    code = (
        "import os, signal; from pathlib import Path; from bongsu.store.lock import locked\n"
        f"with locked(Path({str(tmp_path)!r})): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with locked(tmp_path):
        pass
