"""A small EVTX file, written from its published layout: events without templates, harmless texts only."""

import struct
import zlib

CHUNK = 64 * 1024
_LAST = 0xFFFFFFFF


def evtx_file(*chunks):
    """Bytes of a log; each chunk is a list of (record number, channel, event id, fields)."""
    header = b"ElfFile\0" + struct.pack("<QQQIHHHH", 0, len(chunks) - 1, 99, 128, 1, 3, 4096, len(chunks))
    header = header.ljust(120, b"\0")
    head = header + struct.pack("<II", 0, zlib.crc32(header))
    return head.ljust(4096, b"\0") + b"".join(map(evtx_chunk, chunks))


def evtx_chunk(events):
    """Bytes of one chunk."""
    body = bytearray()
    for number, channel, event_id, fields in events:
        body += _record(number, _event(number, channel, event_id, fields), 512 + len(body))
    first, last = events[0][0], events[-1][0]
    head = b"ElfChnk\0" + struct.pack("<QQQQ", first, last, first, last)
    head += struct.pack("<IIII", 128, 0, 512 + len(body), zlib.crc32(bytes(body)))
    head = head.ljust(120, b"\0")
    tables = bytes(384)
    checked = zlib.crc32(head + tables)
    return (head + struct.pack("<II", 0, checked) + tables + bytes(body)).ljust(CHUNK, b"\0")


def _event(number, channel, event_id, fields):
    system = [
        ("Provider", {"Name": "Example"}, []),
        ("EventID", {}, str(event_id)),
        ("Level", {}, "4"),
        ("TimeCreated", {"SystemTime": "2026-01-02T03:04:05.678901Z"}, []),
        ("EventRecordID", {}, str(number)),
        ("Channel", {}, channel),
        ("Computer", {}, "PC-1"),
    ]
    data = [("Data", {"Name": name}, value) for name, value in fields.items()]
    return ("Event", {}, [("System", {}, system), ("EventData", {}, data)])


def _record(number, tree, at):
    start = at + 24
    binary = bytearray(b"\x0f\x01\x01\x00")
    _element(binary, tree, start)
    binary += b"\0"
    size = 24 + len(binary) + 4
    size += -size % 8
    stamp = 116_444_736_000_000_000 + 1_767_323_045 * 10_000_000
    head = b"\x2a\x2a\0\0" + struct.pack("<IQQ", size, number, stamp)
    return head + bytes(binary).ljust(size - 28, b"\0") + struct.pack("<I", size)


def _name(binary, name, start):
    place = start + len(binary) + 4
    text = name.encode("utf-16-le")
    binary += struct.pack("<IIHH", place, 0, 0, len(name)) + text + b"\0\0"


def _element(binary, tree, start):
    name, attributes, content = tree
    binary += bytes([0x41 if attributes else 0x01]) + struct.pack("<I", 0)
    size_at = len(binary) - 4
    _name(binary, name, start)
    if attributes:
        listed = len(binary)
        binary += bytes(4)
        for key, value in attributes.items():
            binary += b"\x06"
            _name(binary, key, start)
            _text(binary, value)
        binary[listed : listed + 4] = struct.pack("<I", len(binary) - listed - 4)
    binary += b"\x02"
    if isinstance(content, str):
        _text(binary, content)
    else:
        for inner in content:
            _element(binary, inner, start)
    binary += b"\x04"
    binary[size_at : size_at + 4] = struct.pack("<I", len(binary) - size_at - 4)


def _text(binary, text):
    binary += b"\x05\x01" + struct.pack("<H", len(text)) + text.encode("utf-16-le")
