import pytest
from tests.data.event_rows import event, hits_of, subjects


def test_one_phone_confirms_two_people():
    rows = [event(name, "second_factor", "phone", "+1555") for name in "ab"]
    assert [(hit.subject, hit.strength) for hit in hits_of(*rows, flag="E07")] == [
        ("a", "very_high"),
        ("b", "very_high"),
    ]
    homes = [event(name, "home", "postal_address", "1 main st") for name in "ab"]
    assert subjects(hits_of(*rows, *homes, flag="E07"), explained=True) == ["a", "b"]


def test_one_personal_account_on_two_laptops():
    rows = [event(name, "device", "account", "hash1") for name in "ab"]
    assert subjects(hits_of(*rows, flag="E13")) == ["a", "b"]


@pytest.mark.parametrize(
    ("kind", "thing", "value", "found"),
    [
        ("display", "edid", "GSM-5B09:12345", list("abc")),
        ("display", "edid", "GSM-5B09", []),  # a product, no device
        ("usb", "usb", "046d:c52b:SER123", list("abc")),
        ("usb", "usb", "046d:c52b", []),
        ("usb", "usb", "1d6b:0104:CAFEBABE", []),  # the serial of all such devices
    ],
)
def test_one_device_on_three_laptops_survives_a_spoofed_product(kind, thing, value, found):
    rows = [event(name, kind, thing, value) for name in "abc"]
    assert subjects(hits_of(*rows, flag="E03")) == found
    assert hits_of(*rows[:2], flag="E03") == []


@pytest.mark.parametrize(("note", "found"), [("mass_storage keyboard", ["a"]), ("keyboard mouse", [])])
def test_a_receiver_that_is_a_disk_is_none(note, found):
    assert subjects(hits_of(event("a", "usb", "usb", "046d:c52b", note=note), flag="E03")) == found


def test_a_display_of_one_mode_for_months_is_medium():
    seen = [event("a", "display", "edid", "LNX-0001", day=day, note="modes=1") for day in range(0, 90, 15)]
    assert [hit.strength for hit in hits_of(*seen, flag="E03")] == ["medium"]
    assert hits_of(*seen[:3], flag="E03") == []
    other = event("a", "display", "edid", "GSM-5B09", day=40, note="modes=12")
    assert hits_of(*seen, other, flag="E03") == []
