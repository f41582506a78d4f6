"""The same trace on this machine and on an engine, so that the documents can be compared."""

import json
from dataclasses import replace

from bongsu.analyze.lead import Limits
from bongsu.app.jobs.trace import BEYOND_EXTRACT, TraceOptions, run_trace


def local_document(lead, ledger, **options):
    """Document of a trace in the whole ledger, without an engine and without what an engine leaves out."""
    limits = options.pop("limits", Limits())
    limits = replace(limits, heuristics=limits.heuristics - BEYOND_EXTRACT)
    return run_trace(lead, TraceOptions(ledger=ledger, limits=limits, **options))


def engine_document(lead, engine, progress=lambda stage: None, **options):
    """Document of a trace on an engine without the one field that names it, and that field."""
    document = run_trace(lead, TraceOptions(engine=engine, **options), progress=progress)
    name = document["method"]["params"].pop("engine")
    return document, name


def text_of(document):
    """The document as it is printed."""
    return json.dumps(document, indent=1)
