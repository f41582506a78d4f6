"""A company in files with things to hand over, and people whose things must stay."""

from tests.data.person_file import write_csv

WALLET, OWN, PAYER = "0x" + "ab" * 20, "0x" + "cd" * 20, "0x" + "ef" * 20
FARM, OFFICE = "8.8.8.8", "9.9.9.9"
INNOCENT = "innocent@mail.example"
SHARED = "family@mail.example"


def write_hand_case(folder):
    """Files: e1 to e4 share a place and a wallet; e5 and e6 are not referred."""
    header = ("employee id", "hire date", "personal email", "home address", "ship to", "company")
    mails = {1: "one@mail.example", 2: SHARED, 5: INNOCENT, 6: SHARED}
    rows = [
        (
            f"E{n}",
            "2026-01-05",
            mails.get(n, ""),
            f"{n} Oak Street Springfield",
            "9 Basement Lane Farmtown" if n < 5 else f"{n} Oak Street Springfield",
            "One Inc",
        )
        for n in range(1, 7)
    ]
    hris = write_csv(folder / "hris.csv", header, *rows)
    paid = [(f"E{n}", "2026-01-31", WALLET) for n in range(1, 5)]
    paid += [("E1", "2026-02-28", OWN), ("E2", "2026-02-28", PAYER), ("E5", "2026-01-31", PAYER)]
    pay = write_csv(folder / "pay.csv", ("employee id", "pay date", "wallet"), *paid)
    labels = write_csv(
        folder / "labels.csv",
        ("chain", "address", "name", "category", "source"),
        ("eip155:1", PAYER, "A payroll", "payer", "us"),
    )
    return (hris, pay), labels
