"""Amounts as a person reads them: exact, by integer arithmetic alone."""

import re

_INTEGER = re.compile(r"-?[0-9]+")


def format_amount(base_units: int | str, decimals: int) -> str:
    """Exact amount in units of the asset: `1,234.50`; zeros after the second decimal are left out.

    Args:
        base_units: Integer, or its decimal digits.
        decimals: Base units per unit are 10**decimals.

    Raises:
        ValueError: When the text is not an integer or decimals is negative.
    """
    sign, whole, fraction = _split(base_units, decimals)
    kept = fraction.rstrip("0").ljust(min(2, decimals), "0")
    return f"{sign}{whole:,}.{kept}" if kept else f"{sign}{whole:,}"


def format_amount_cut(base_units: int | str, decimals: int, *, places: int = 4) -> str:
    """Amount cut, never rounded up, to some decimals: `1.2300`; `0`; `<0.0001` for a smaller rest.

    For tables, where 18 decimals would hide the digits that matter; the exact amount stands elsewhere.
    """
    sign, whole, fraction = _split(base_units, decimals)
    cut = fraction[:places]
    if whole or int(cut or "0"):
        return f"{sign}{whole:,}.{cut}" if cut else f"{sign}{whole:,}"
    if int(fraction or "0") == 0:
        return "0"
    return f"{'>-' if sign else '<'}{format_amount_plain(1, len(cut))}"


def format_amount_plain(base_units: int | str, decimals: int) -> str:
    """Exact amount for a machine: `1234.500000`, every decimal, no separators."""
    sign, whole, fraction = _split(base_units, decimals)
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def _split(base_units: int | str, decimals: int) -> tuple[str, int, str]:
    """Sign, whole units, and all digits after the point."""
    text = str(base_units)
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"not an integer number of base units: {base_units!r}")
    if decimals < 0:
        raise ValueError(f"decimals must not be negative: {decimals}")
    units = int(text)
    whole, rest = divmod(abs(units), 10**decimals)
    return "-" if units < 0 else "", whole, str(rest).zfill(decimals) if decimals else ""
