import pytest
from tests.data.event_rows import event, hits_of


@pytest.mark.parametrize(
    ("kind", "thing", "value", "note", "strength"),
    [
        ("usb", "usb", "1d6b:0104:CAFEBABE", "", "high"),
        ("usb", "usb", "1d6b:0104", "manufacturer PiKVM", "high"),
        ("usb", "usb", "3346:1009", "", "high"),
        ("usb", "usb", "1d6b:0104", "", "low"),
        ("neighbor", "mac", "94:83:c4:00:00:01", "", "high"),
        ("neighbor", "mac", "04:c9:8b:12:34:56", "", "high"),
        ("neighbor", "mac", "b8:27:eb:00:00:01", "", "low"),
        ("neighbor", "host_name", "pikvm.local", "", "high"),
        ("neighbor", "host_name", "box.local", "TLS CN GLKVM", "high"),
    ],
)
def test_what_a_remote_control_device_says_of_itself(kind, thing, value, note, strength):
    (hit,) = hits_of(event("a", kind, thing, value, note=note), flag="E02")
    assert hit.strength == strength


@pytest.mark.parametrize(
    ("kind", "thing", "value"),
    [
        ("usb", "usb", "046d:c52b"),
        ("neighbor", "mac", "04:c9:8b:92:34:56"),
        ("neighbor", "host_name", "printer.local"),
    ],
)
def test_ordinary_devices_are_none(kind, thing, value):
    assert hits_of(event("a", kind, thing, value), flag="E02") == []
