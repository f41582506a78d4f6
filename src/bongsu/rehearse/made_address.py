"""Addresses and transaction hashes that belong to nobody, made from a seed by hashing."""

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.kernel.hex_text import hex_text

Words = np.ndarray[Any, np.dtype[np.uint64]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]

ADDRESS_BYTES, HASH_BYTES = 20, 32


def _mixed(words: Words) -> Words:
    """Each word stirred so that neighbors look unrelated; one to one (the finalizer of SplitMix64)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def made_bytes(numbers: Words, seed: int, purpose: str, width: int) -> Bytes:
    """Bytes of each number, shape (n, width): other numbers, seeds or purposes give other bytes.

    No two numbers of one seed and purpose share their first eight bytes.
    """
    key = np.frombuffer(hashlib.sha256(f"bongsu rehearsal {purpose} {seed}".encode()).digest(), dtype="<u8")
    count = -(-width // 8)
    words = np.empty((len(numbers), count), dtype="<u8")
    for column in range(count):
        words[:, column] = _mixed(numbers.astype(np.uint64) + key[column])
    return words.view(np.uint8)[:, :width]


def hex_array(raw: Bytes) -> pa.StringArray:
    """Lower-case hex text with 0x in front, one for each row of bytes."""
    text = hex_text(raw)
    offsets = np.arange(len(raw) + 1, dtype=np.int32) * np.int32(text.shape[1])
    return pa.StringArray.from_buffers(len(raw), pa.py_buffer(offsets), pa.py_buffer(text))


def made_addresses(numbers: Words, seed: int, purpose: str = "account") -> pa.StringArray:
    """EVM addresses in canonical form, one for each number."""
    return hex_array(made_bytes(numbers, seed, purpose, ADDRESS_BYTES))


def made_hashes(numbers: Words, seed: int, purpose: str = "transaction") -> pa.StringArray:
    """Transaction hashes, one for each number."""
    return hex_array(made_bytes(numbers, seed, purpose, HASH_BYTES))
