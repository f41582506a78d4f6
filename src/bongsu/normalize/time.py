"""Times as sources write them, in UTC."""

import re
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.schema import TIME
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

_MOMENT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_DAY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,19}")
_STEPS = ((10**11, 1_000_000), (10**14, 1_000), (10**17, 1))


def parse_time(text: str) -> datetime | Fault:
    """Time in UTC; without a zone the text is taken as UTC.

    Whole numbers are seconds, milliseconds, microseconds or nanoseconds since 1970, by their size.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return _from_number(int(text))
    found = _MOMENT.fullmatch(text)
    if found is None:
        if _DAY.fullmatch(text):
            return Fault("bare_date", _("a date without a time of day does not say when"))
        return Fault("bad_time", _("the time has no known form"))
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    second, fraction, zone = found.groups()[5:]
    try:
        local = datetime(year, month, day, hour, minute, int(second or 0), tzinfo=UTC)
        moment = local - _offset(zone or "Z")
    except (ValueError, OverflowError):
        return Fault("bad_time", _("no such time exists"))
    return moment + timedelta(microseconds=int((fraction or "0").ljust(6, "0")[:6]))


def _from_number(number: int) -> datetime:
    micros = number // 1_000
    for limit, factor in _STEPS:
        if number < limit:
            micros = number * factor
            break
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def _offset(zone: str) -> timedelta:
    if zone[0] not in "+-":
        return timedelta(0)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    size = timedelta(hours=hours, minutes=minutes)
    return size if zone[0] == "+" else -size


def unix_times(texts: pa.Array) -> pa.Array | None:
    """Times of a column that holds only seconds since 1970 or nothing; None for any other column."""
    try:
        seconds = texts.cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    low, high = pc.min_max(seconds).values()
    if not low.is_valid:
        return pa.nulls(len(texts), TIME)
    if low.as_py() < 0 or high.as_py() >= _STEPS[0][0]:
        return None
    micros = pc.multiply(seconds, np.int64(1_000_000))
    return micros.cast(pa.timestamp("us")).cast(TIME)
