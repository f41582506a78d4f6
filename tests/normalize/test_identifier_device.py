import pytest

from bongsu.normalize.identifier_device import canonical_edid, canonical_mac, canonical_serial, canonical_usb


def edid(serial=0, text=b""):
    """A block of 128 bytes: maker GSM, product 5B09."""
    data = bytearray(128)
    data[:8] = bytes.fromhex("00ffffffffffff00")
    data[8:10] = (7 << 10 | 19 << 5 | 13).to_bytes(2, "big")
    data[10:12] = (0x5B09).to_bytes(2, "little")
    data[12:16] = serial.to_bytes(4, "little")
    if text:
        data[72:90] = b"\0\0\0\xff\0" + (text + b"\n").ljust(13)
    data[127] = -sum(data) % 256
    return data.hex()


def test_a_serial_in_capitals_without_signs():
    assert canonical_serial(" pf-2x 9q7z ") == ("serial", "PF2X9Q7Z", "", "strong", "")


@pytest.mark.parametrize(
    "text", ["To Be Filled By O.E.M.", "0000000", "System Serial Number", "N/A", "xxxx", "--", "1234567890"]
)
def test_a_placeholder_is_no_serial(text):
    assert canonical_serial(text).rule == "placeholder_serial"


def test_a_short_serial_is_weak():
    assert canonical_serial("A1B2").strength == "weak"


@pytest.mark.parametrize(
    ("text", "value", "strength"),
    [
        ("1d6b:0104", "1d6b:0104", "weak"),
        (r"USB\VID_1D6B&PID_0104\CAFEBABE", "1d6b:0104:CAFEBABE", "strong"),
        ("0x1d6b:0x0104 CAFE-BABE", "1d6b:0104:CAFEBABE", "strong"),
        (r"USB\VID_1D6B&PID_0104\0000", "1d6b:0104", "weak"),
    ],
)
def test_a_usb_device_is_strong_by_its_serial_only(text, value, strength):
    found = canonical_usb(text)
    assert (found.value, found.strength) == (value, strength)


@pytest.mark.parametrize(
    ("text", "value", "strength"),
    [
        (edid(), "GSM-5B09", "weak"),
        (edid(serial=123456), "GSM-5B09:123456", "strong"),
        (edid(serial=1, text=b"ABC12345"), "GSM-5B09:ABC12345", "strong"),
        ("gsm-5b09-abc12345", "GSM-5B09:ABC12345", "strong"),
        ("GSM5B09", "GSM-5B09", "weak"),
    ],
)
def test_a_display_by_maker_product_and_serial(text, value, strength):
    found = canonical_edid(text)
    assert (found.value, found.strength) == (value, strength)


@pytest.mark.parametrize("text", [edid()[:-2] + "00", "ff" * 128, "a display"])
def test_what_is_no_edid_is_refused(text):
    assert canonical_edid(text).rule == "bad_edid"


@pytest.mark.parametrize(
    ("text", "value", "strength"),
    [
        ("B8-27-EB-12-34-56", "b8:27:eb:12:34:56", "strong"),
        ("b827.eb12.3456", "b8:27:eb:12:34:56", "strong"),
        ("da:a1:19:12:34:56", "da:a1:19:12:34:56", "weak"),  # made up: second lowest bit
        ("B8:27:EB", "b8:27:eb", "weak"),
    ],
)
def test_a_hardware_address(text, value, strength):
    found = canonical_mac(text)
    assert (found.value, found.strength) == (value, strength)


@pytest.mark.parametrize("text", ["ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01", "00:00:00:00:00:00", "b8:27"])
def test_what_is_not_one_device_is_refused(text):
    assert canonical_mac(text).rule == "bad_mac"


def test_what_is_no_usb_id_is_refused():
    assert canonical_usb("a mouse").rule == "bad_usb"
