from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "payroll",
        employee="E1",
        paid="2026-01-31",
        destination="DE89 3704 0044 0532 0130 00",
        emoney="pay1",
        service="PayPal",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [
        ("e1", "payout", "emoney", "pay1"),
        ("e1", "payout", "iban", "DE89370400440532013000"),
    ]
    assert found.rejects.num_rows == 0


def test_wallets_and_routed_accounts():
    wallet = "0x" + "ab" * 20
    for raw, value in (
        ({"destination": wallet.upper().replace("0X", "0x")}, wallet),
        ({"wallet": wallet, "chain": "eth"}, wallet),
        ({"routing": "011000015", "account": "00123 45"}, "011000015/12345"),
    ):
        found = normalized("payroll", employee="E1", paid="2026-01-31", **raw)
        assert found.events["value"].to_pylist() == [value]
        assert found.rejects.num_rows == 0


def test_a_wrong_account_is_a_reject():
    found = normalized("payroll", employee="E1", paid="2026-01-31", iban="DE89 3704 0044 0532 0130 01")
    assert (found.events.num_rows, found.rejects["rule"].to_pylist()) == (0, ["bad_checksum"])
