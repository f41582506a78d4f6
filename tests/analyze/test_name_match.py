import pytest

from bongsu.analyze.name_match import is_same_name, name_likeness, name_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Made", "Made, Ann"),
        ("ANN MADE", "ann made"),
        ("Ann B. Made", "Ann Made"),
        ("A. Made", "Ann Made"),
        ("Robert Made", "Bob Made"),
        ("Johann Madden", "Johann Maddenn"),
        ("Сергей Петров", "Sergey Petrov"),
        ("Made-Up Works L.L.C.", "Made Up Works LLC"),
        ("Works & Sons Ltd", "Works and Sons Limited"),
        ("김민수", "Kim Min-soo"),
        ("Jose Mádez", "Josè Madez"),
    ],
)
def test_one_name_in_two_spellings(one, other):
    assert is_same_name(one, other)
    assert name_likeness(one, other) == name_likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Made", "Eva Made"),
        ("Ann Made", "Ann Stone"),
        ("Ann", "Ann Made"),
        ("김민수", "김민서"),
        ("Works 23 Ltd", "Works 24 Ltd"),
        ("", "Ann Made"),
        ("Ann Made", "?!"),
    ],
)
def test_other_names(one, other):
    assert not is_same_name(one, other)


@pytest.mark.parametrize("name", ["Ann Made", "Works Ltd", "the and co", "이"])
def test_a_name_is_its_own(name):
    assert name_likeness(name, name) == 1.0


def test_long_names_are_paired_too():
    words = "one two three four five six seven eight"
    assert name_likeness(words, " ".join(reversed(words.split()))) == 1.0
    assert 0.9 < name_likeness(words, words.replace("three", "threee")) < 1.0
    assert name_likeness(words, "alpha beta gamma delta epsilon zeta eta theta") < 0.5


def test_words_without_titles_particles_and_forms():
    assert name_words("Dr. Ann de Made") == ("ann", "made")
    assert name_words("Made Works G.m.b.H.") == ("made", "works")
    assert name_words("De La Ltd") == ("de", "la", "ltd")
