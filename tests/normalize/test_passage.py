from bongsu.normalize.passage import MOST, WINDOW, WORDS, passages_of, text_hash

ONE = "built a service that counts what leaves a store and tells it to the people who order new goods"
OTHER = (
    "kept the lights on in a small office while nobody else knew where the old cables went under the floor"
)


def test_any_fifteen_words_in_common_leave_a_passage_in_common():
    shared = " ".join(f"word{chr(97 + i)}" for i in range(WORDS + WINDOW - 1))
    one, other = passages_of(f"{ONE} {shared} {OTHER}"), passages_of(f"{OTHER} {shared} {ONE[:40]}")
    assert {*one} & {*passages_of(shared)}
    assert {*one} & {*other}
    assert not {*passages_of(ONE)} & {*passages_of(OTHER)}


def test_names_schools_and_dates_neither_join_nor_part():
    line = "In 2019 {who} studied at {school} and {tail}"
    one = passages_of(line.format(who="Anna Kim", school="Springfield College", tail=ONE))
    other = passages_of(line.format(who="Bo Vasquez", school="Shelbyville University", tail=ONE))
    assert one == other != []
    only_names = "Anna Kim Springfield College Bachelor Of Science English Korean French German Latin Greek"
    assert passages_of(only_names) == []


def test_short_and_long_texts():
    assert passages_of("") == passages_of("seven words are too few for it") == []
    assert len(passages_of("eight words are just enough for one passage")) == 1
    long = " ".join(f"w{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(9_000))
    assert len(passages_of(long)) == MOST


def test_a_copy_of_a_text_has_its_hash():
    assert text_hash("Dear client,\nI can do it!") == text_hash("dear client I can do it") != text_hash("no")
    assert text_hash(" ... ") == ""
