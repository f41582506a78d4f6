"""The command line as a person runs it, in a process of its own."""

import json
import subprocess
import sys

COMMAND = [sys.executable, "-c", "from bongsu.app.cli import main; main()"]
FLOWS = ["--format", "flows", "--map", "from=a,to=b,value=usd", "--unit", "USD"]
"""How a table `a,b,usd` is read."""


def run(*args, **options):
    """The ended process."""
    command = [*COMMAND, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def said(*args, **options):
    """Documents that a command prints that does what it is asked to."""
    found = run(*args, **options)
    assert found.returncode == 0, found.stderr
    assert found.stderr == ""
    return [json.loads(line) for line in found.stdout.splitlines()]


def refused(*args, why, hint="", **options):
    """Nothing; the command says what it cannot do, why, and what to do, in two lines and no more."""
    found = run(*args, **options)
    assert found.returncode == 2, (found.stdout, found.stderr)
    message, advice = found.stderr.splitlines()
    assert message.startswith("Cannot ")
    assert message.endswith(".")
    assert why in message
    assert advice.startswith("hint: ")
    assert hint in advice


def fingerprint(ledger):
    """Fingerprint of a whole ledger, whose files are what its manifest says."""
    assert said("ledger", "verify", ledger)[0]["whole_files"]
    return said("ledger", "show", ledger)[-1]["fingerprint"]
