import pytest

from bongsu.analyze.latin_letters import to_latin


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Владимир", "vladimir"),
        ("Сергей Щукин", "sergey shchukin"),
        ("Зеленський Їжак", "zelenskiy yizhak"),
        ("Γιώργος", "giorgos"),
        ("Łukasz Øster Straße", "lukasz oster strasse"),
        ("François Müller", "francois muller"),
        ("김민수", "gim minsu"),
        ("plain 42", "plain 42"),
    ],
)
def test_letters_of_known_scripts(text, latin):
    assert to_latin(text) == latin


def test_other_scripts_stay():
    assert to_latin("習近平") == "習近平"
