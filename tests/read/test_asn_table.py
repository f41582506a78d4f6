from tests.data.person_file import write_csv

from bongsu.read.asn_table import ASN_TABLE


def test_a_table_of_prefixes_or_of_ranges_is_read(tmp_path):
    one = write_csv(
        tmp_path / "a.csv",
        ("prefix", "AS number", "organization", "usage type"),
        ("8.8.8.0/24", "1", "A", "vpn"),
    )
    other = write_csv(tmp_path / "b.csv", ("range start", "range end", "asn"), ("8.8.8.0", "8.8.8.9", "AS2"))
    ((row,), (span,)) = (next(ASN_TABLE.read(path)).rows.to_pylist() for path in (one, other))
    assert (row["cidr"], row["asn"], row["name"], row["kind"]) == ("8.8.8.0/24", "1", "A", "vpn")
    assert (span["start"], span["end"], span["asn"], span["kind"]) == ("8.8.8.0", "8.8.8.9", "AS2", None)
