import pytest

from bongsu.errors import FactsError
from bongsu.facts.word_table import load_table, load_words, tables_of

BODY = """\
note: Words
tables:
  colors: |
    red crimson scarlet
    blue
"""


def test_a_line_is_a_word_and_what_belongs_to_it(document):
    found = tables_of(document("names", "words", BODY))
    assert found == {"colors": {"red": ("crimson", "scarlet"), "blue": ()}}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [("blue", "red", "has a word twice"), ("red crimson scarlet\n    blue\n", "\n", "is missing")],
)
def test_a_table_that_contradicts_itself_is_refused(document, old, new, why):
    with pytest.raises(FactsError, match=why):
        tables_of(document("names", "words", BODY.replace(old, new)))


def test_shipped_tables_are_read():
    assert "lee" in load_table("names", "korean-surnames", "surnames")["이"]
    assert "admin" in load_words("identifiers", "weak", "words")


@pytest.mark.parametrize("asked", [("names", "nobody", "surnames"), ("names", "korean-surnames", "nothing")])
def test_a_table_that_is_not_shipped_is_an_error(asked):
    with pytest.raises(FactsError, match="does not have it"):
        load_table(*asked)


def test_no_table_changes_in_the_hands_of_a_caller():
    load_table("names", "korean-surnames", "surnames").clear()
    assert load_table("names", "korean-surnames", "surnames")
