import pytest

from bongsu.analyze.hangul import initial_sound, is_hangul, romanize, spellings


@pytest.mark.parametrize(
    ("family", "given", "revised", "reischauer"),
    [
        # The revised system's own rule for names: syllables as they are (Notification 2014-0042, 3.4).
        ("민", "용하", "Min Yongha", "Min Yongha"),
        ("송", "나리", "Song Nari", "Song Nari"),
        ("한", "복남", "Han Boknam", "Han Pongnam"),
        ("홍", "빛나", "Hong Bitna", "Hong Pitna"),
        ("김", "민정", "Gim Minjeong", "Kim Minjŏng"),
        ("최", "은희", "Choe Eunhui", "Ch'oe Ŭnhŭi"),
        ("박", "석래", "Bak Seokrae", "Pak Sŏngnae"),
        ("염", "경림", "Yeom Gyeongrim", "Yŏm Kyŏngnim"),
        ("강", "국일", "Gang Gukil", "Kang Kugil"),
        ("신", "일남", "Sin Ilnam", "Sin Illam"),
        ("남궁", "원", "Namgung Won", "Namgung Wŏn"),
    ],
)
def test_a_name_in_both_systems(family, given, revised, reischauer):
    assert romanize(family, given) == revised
    assert romanize(family, given, "mccune_reischauer") == reischauer


@pytest.mark.parametrize(
    ("syllable", "written"),
    [
        ("영", {"yeong", "yong", "young"}),
        ("희", {"hui", "hee"}),
        ("우", {"u", "woo"}),
        ("성", {"seong", "sung"}),
    ],
)
def test_spellings_in_use(syllable, written):
    assert written <= spellings(syllable)


def test_a_spelling_has_plain_letters_only():
    assert all(text.isascii() and text.isalpha() for sign in "최혁흥쌍" for text in spellings(sign))


@pytest.mark.parametrize(
    ("text", "softened", "narrow"),
    [
        ("리", "이", "이"),
        ("로", "노", "로"),
        ("녀", "여", "여"),
        ("라희", "나희", "라희"),
        ("김", "김", "김"),
    ],
)
def test_the_initial_that_the_south_drops(text, softened, narrow):
    assert initial_sound(text) == softened
    assert initial_sound(text, narrow_only=True) == narrow


def test_hangul_is_syllables():
    assert is_hangul("김민수")
    assert not is_hangul("김 민수")
    assert not is_hangul("Kim")
