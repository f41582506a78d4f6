"""A user's own table of networks, read for a screening."""

from pathlib import Path

import pyarrow as pa

from bongsu.app.jobs.screen_intake import BATCH_ROWS, ReadRecords
from bongsu.model.asn import ASN_PREFIX
from bongsu.normalize.asn_table import normalize_networks
from bongsu.read.asn_table import ASN_TABLE
from bongsu.store.durable import digest


def read_networks(path: Path) -> tuple[pa.Table, ReadRecords]:
    """Prefixes, schema `bongsu.model.asn.ASN_PREFIX`, and counts of the file.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When it has no column of numbers of autonomous systems.
    """
    done = ReadRecords(path=path, source="asn", sha256="")
    parts = [ASN_PREFIX.empty_table()]
    for batch in ASN_TABLE.read(path, batch_rows=BATCH_ROWS):
        done.sha256 = done.sha256 or digest(path)
        found, rejects = normalize_networks(batch.rows, done.sha256)
        parts.append(found)
        done.count(batch, rejects)
    done.sha256 = done.sha256 or digest(path)
    return pa.concat_tables(parts), done
