"""Batches of one source file in a ledger's folder; a batch is there whole or not at all."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.model.ports import Batch, Normalized
from bongsu.store.counts import Counts
from bongsu.store.durable import digest, write_whole
from bongsu.store.event_file import CONVERSIONS, CROSSINGS, GROUP_ROWS, ready_events
from bongsu.store.manifest import SourceRecord, fingerprint_of
from bongsu.store.part_pack import pack_transfers, writing

FOLDERS = ("parts", "rejects", "gaps", "blocks", CONVERSIONS, CROSSINGS)
"""Folders of a ledger that hold files of one source, named by the first digits of its SHA-256."""
_KEY_DIGITS = 12
_NOTE = b"bongsu"


@dataclass(slots=True, kw_only=True)
class PartWriter:
    """Writes the batches of one source file.

    The part file is written last and notes the batch's counts, so its presence says that the batch is
    complete; it also notes what it was made with, so that a batch of other options is made again.
    """

    ledger: Path
    record: SourceRecord
    files: dict[str, str] = field(default_factory=dict)
    """Files written or found, with their SHA-256."""

    def found(self, number: int) -> Counts | None:
        """Counts of the batch if it is complete in the folder."""
        name = self._name("parts", number)
        try:
            note = json.loads(pq.read_schema(self.ledger / name).metadata[_NOTE])
        except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
            return None
        if note["stamp"] != self.stamp:
            return None
        files: dict[str, str] = note["files"]
        if any(not (self.ledger / other).exists() for other in files):
            return None
        self.files |= files | {name: digest(self.ledger / name)}
        return Counts.of_document(note["counts"])

    def write(self, number: int, batch: Batch, made: Normalized) -> Counts:
        """Counts of the batch, which is on the disk now.

        Raises:
            LedgerError: When the disk is full or refuses.
        """
        counts = Counts.of_batch(batch, made)
        refused = pa.concat_tables([batch.rejects, made.rejects])
        sources = pa.repeat(self.record.sha256, len(refused))
        files: dict[str, str] = {}
        if len(refused):
            files |= self._put(self._name("rejects", number), refused.set_column(0, "source", sources))
        if len(made.gaps):
            files |= self._put(self._name("gaps", number), made.gaps)
        for folder, table in ready_events(made, self.record.sha256).items():
            how = {"compression": "zstd", "compression_level": 1, "row_group_size": GROUP_ROWS}
            files |= self._put(self._name(folder, number), table, **how)
        note = {"stamp": self.stamp, "name": self.record.name, "files": files, "counts": counts.document()}
        packed = pack_transfers(made.transfers)
        noted = packed.replace_schema_metadata({_NOTE: json.dumps(note, sort_keys=True)})
        self.files |= files | self._put(self._name("parts", number), noted, **writing(packed))
        return counts

    def write_blocks(self, table: pa.Table) -> None:
        """Nothing; facts about blocks that the source states are on the disk."""
        self.files |= self._put(f"blocks/{key_of(self.record.sha256)}.parquet", table)

    @property
    def stamp(self) -> str:
        """Digest of all that a batch depends on: content, options, context, cuts."""
        record = self.record
        made_with = {**record.options, **record.context, "": [record.format, record.batch_rows]}
        return fingerprint_of([(record.sha256, made_with)])

    def _name(self, folder: str, number: int) -> str:
        return f"{folder}/{key_of(self.record.sha256)}-{number:05}.parquet"

    def _put(self, name: str, table: pa.Table, **how: Any) -> dict[str, str]:  # noqa: ANN401
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, **(how or {"compression": "zstd", "compression_level": 1}))
        data = sink.getvalue()
        write_whole(self.ledger / name, data)
        return {name: hashlib.sha256(data).hexdigest()}


def key_of(sha256: str) -> str:
    """What names of a source's files begin with."""
    return sha256[:_KEY_DIGITS]


def files_of(ledger: Path, sha256: str) -> list[Path]:
    """All files of the source in the ledger's folder, complete or not."""
    key = key_of(sha256)
    return sorted(path for folder in FOLDERS for path in (ledger / folder).glob(f"{key}*"))


def remove_files(ledger: Path, sha256: str, *, keep: dict[str, str] | None = None) -> None:
    """Nothing; files of the source go, but for those to keep."""
    kept = {ledger / name for name in keep or {}}
    for path in files_of(ledger, sha256):
        if path not in kept:
            path.unlink(missing_ok=True)


def unfinished(ledger: Path, known: set[str]) -> dict[str, int]:
    """Number of complete batches by the key of each source whose import did not end."""
    keys = {key_of(sha256) for sha256 in known}
    found: dict[str, int] = {}
    for path in sorted((ledger / "parts").glob("*.parquet")):
        key = path.name.partition("-")[0]
        if key not in keys:
            found[key] = found.get(key, 0) + 1
    return found
