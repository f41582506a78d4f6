"""A small company in files: five people, four of whom share a ship-to and an account."""

from tests.data.person_file import write_csv

HRIS = ("employee id", "hire date", "work email", "home address", "ship to", "department", "company")
EXCLUDED = ("name", "birthplace", "language", "school", "nationality")


def person(number, ship_to="9 Basement Lane Farmtown"):
    home = f"{number} Oak Street Springfield"
    return (
        f"E{number}",
        "2026-01-05",
        f"e{number}@x.example",
        home,
        ship_to or home,
        "engineering",
        "One Inc",
    )


def write_company(folder, *, excluded=None, account="DE89370400440532013000", last="0x" + "ab" * 20):
    """Files of employees and payments; `excluded` are five more columns for each of the five people."""
    people = [person(1), person(2), person(3), person(4), person(5, "")]
    more = excluded or [() for _one in people]
    header = (*HRIS, *EXCLUDED) if excluded else HRIS
    hris = write_csv(folder / "hris.csv", header, *((*a, *b) for a, b in zip(people, more, strict=True)))
    paid = [(f"E{n}", "2026-01-31", account) for n in range(1, 5)] + [("E5", "2026-01-31", last)]
    return hris, write_csv(folder / "pay.csv", ("employee id", "pay date", "destination"), *paid)
