"""Phone numbers in E.164, by the numbering plans of the package phonenumbers."""

from bongsu.model.extra import load_extra
from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault


def canonical_phone(text: str, region: str = "") -> Canonical | Fault:
    """Number in E.164; numbers that many share (toll-free, premium) are weak.

    Args:
        text: A number as written.
        region: ISO 3166-1 country of numbers without a country code; empty: they are refused.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.
    """
    lib = load_extra("phonenumbers", "screen")
    try:
        number = lib.parse(text, region or None)
    except lib.NumberParseException:
        return Fault("bad_phone", _("it is no phone number, or it lacks the country code"))
    if not lib.is_valid_number(number):
        return Fault("bad_phone", _("no numbering plan has this number"))
    value = str(lib.format_number(number, lib.PhoneNumberFormat.E164))
    kinds = lib.PhoneNumberType
    shared = (kinds.TOLL_FREE, kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.UAN)
    if lib.number_type(number) in shared:
        return Canonical("phone", value, strength="weak", why=_("a number that many call, not of a person"))
    return Canonical("phone", value)
