"""The command line: parse, call the job, print."""

from bongsu.app.cli.main import main

__all__ = ["main"]
