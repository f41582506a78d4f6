import pyarrow as pa

from bongsu.analyze.linkage_feature import FEATURE, features_of
from bongsu.model.person import PERSON_RECORD

EMPTY = dict.fromkeys(PERSON_RECORD.names, "")


def features(**stated):
    return features_of(pa.Table.from_pylist([EMPTY | stated], PERSON_RECORD))


def test_columns_of_a_record():
    found = features(
        record="r1",
        given_name=" José ",
        family_name="O'Made",
        birth_date="1980-02-03",
        postal_code="AB1  2CD",
        place="Saint-Made",
        occupation="Clerk",
        email="J.Made@Company.example",
    )
    assert found.schema == FEATURE
    assert found.to_pylist() == [
        {
            "record": "r1",
            "given": "jose",
            "family": "o made",
            "given_initial": "j",
            "birth_date": "1980-02-03",
            "birth_year": "1980",
            "place": "saint made",
            "postal_code": "ab1 2cd",
            "postal_area": "ab1",
            "occupation": "clerk",
            "email": "j.made@company.example",
            "mailbox": "j.made",
            "readings": None,
        }
    ]


def test_what_is_not_stated_is_null():
    (row,) = features(record="r1").to_pylist()
    assert {value for name, value in row.items() if name != "record"} == {None}


def test_a_full_name_is_split_and_read():
    (row,) = features(record="r1", name="Kim Min-soo").to_pylist()
    assert (row["given"], row["family"]) == ("kim", "soo")
    assert "김민수" in row["readings"]
    (other,) = features(record="r2", name="김민수").to_pylist()
    assert set(row["readings"]) & set(other["readings"])


def test_names_apart_are_read_together():
    (row,) = features(record="r1", given_name="Min-soo", family_name="Kim").to_pylist()
    assert "김민수" in row["readings"]
    (hangul,) = features(record="r2", given_name="민수", family_name="김").to_pylist()
    assert "김민수" in hangul["readings"]
