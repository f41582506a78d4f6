"""Small OLE compound files, as Outlook's MSG is one; each stream is padded to 4,096 bytes with zeros."""

import struct
from dataclasses import dataclass

_SECTOR, _SMALLEST = 512, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass
class _Entry:
    name: str
    kind: int
    body: bytes = b""
    child: int = _NONE
    right: int = _NONE
    start: int = _END

    def packed(self) -> bytes:
        label = (self.name + "\0").encode("utf-16-le")
        head = label.ljust(64, b"\0")
        head += struct.pack("<HBBIII", len(label), self.kind, 1, _NONE, self.right, self.child)
        return head + bytes(16 + 4 + 16) + struct.pack("<IQ", self.start, len(self.body))


def ole_file(streams: dict[str, bytes]) -> bytes:
    """Bytes of a file; a name with one slash is of a stream in a folder."""
    entries = [_Entry("Root Entry", _ROOT)]
    folders: dict[str, int] = {}
    for path, body in streams.items():
        folder, slash, name = path.rpartition("/")
        if slash and folder not in folders:
            folders[folder] = _added(entries, 0, _Entry(folder, _STORAGE))
        padded = body.ljust(max(_SMALLEST, -(-len(body) // _SECTOR) * _SECTOR), b"\0")
        _added(entries, folders.get(folder, 0), _Entry(name, _STREAM, padded))
    directory = -(-len(entries) // 4)
    fat, data = [_FAT, *range(2, directory + 1), _END], b""
    for entry in entries:
        if entry.body:
            entry.start = len(fat)
            count = len(entry.body) // _SECTOR
            fat += [*range(entry.start + 1, entry.start + count), _END]
            data += entry.body
    assert len(fat) <= _SECTOR // 4
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    listing = b"".join(one.packed() for one in entries).ljust(directory * _SECTOR, b"\0")
    return head + table + listing + data


def _added(entries: list[_Entry], parent: int, entry: _Entry) -> int:
    """Place of the new entry, which stands to the right of its last sibling."""
    entries.append(entry)
    place = len(entries) - 1
    if entries[parent].child == _NONE:
        entries[parent].child = place
        return place
    at = entries[parent].child
    while entries[at].right != _NONE:
        at = entries[at].right
    entries[at].right = place
    return place
