from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "edr",
        laptop="ab-12345",
        seen="2026-01-02T03:04:05Z",
        software="AnyDesk 7",
        vendor_id="1d6b",
        product_id="0104",
        usb_serial="CAFEBABE",
        neighbor_host="PiKVM.local",
        account="Hash1",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [
        ("ab12345", "device", "account", "hash1"),
        ("ab12345", "neighbor", "host_name", "pikvm.local"),
        ("ab12345", "software", "software", "anydesk 7"),
        ("ab12345", "usb", "usb", "1d6b:0104:CAFEBABE"),
    ]
    assert found.rejects.num_rows == 0


def test_notes_say_what_the_device_is():
    raw = {
        "user": "a",
        "seen": "2026-01-02T03:04:05Z",
        "usb": "046d:c52b",
        "interfaces": "keyboard,mass_storage",
    }
    found = normalized("edr", **raw, edid="GSM-5B09-AB123", modes="1").events.to_pylist()
    assert [(row["value"], row["note"]) for row in found] == [
        ("046d:c52b", "keyboard mass_storage"), ("GSM-5B09:AB123", "modes=1")
    ]  # fmt: skip
