"""Two made employers: what both pay to and send to, and what only one of them does."""

import csv

SHARED = [
    ("iban", "GB82 WEST 1234 5698 7654 32", ""),
    ("postal_address", "12 Example Street, Springfield, IL 62701, US", ""),
]
OURS = [("iban", "DE89 3704 0044 0532 0130 00", ""), ("email", "a.person@example.org", "")]
THEIRS = [("iban", "FR14 2004 1010 0505 0001 3M02 606", "")]


def identifier_file(path, rows):
    """The path, with a file of these identifiers there."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["kind", "value", "namespace"])
        writer.writerows(rows)
    return path
