import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.model.version_range import Version, VersionRange


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("1.0", "1.0.1"),
        ("1.9", "1.10"),
        ("1.0.0-rc.1", "1.0.0"),
        ("1.0rc1", "1.0"),
        ("1.0.0-alpha", "1.0.0-beta"),
        ("1.0.0-2", "1.0.0-11"),
        ("1.0.0-2", "1.0.0-alpha"),
        ("1.0", "1.0.post1"),
        ("2026.3.28-2", "2026.3.28-3"),
    ],
)
def test_order(lower, higher):
    assert Version(lower) < Version(higher)
    assert Version(higher) > Version(lower)


@pytest.mark.parametrize(("one", "other"), [("1.0", "1.0.0"), ("v1.2", "1.2"), ("1.0+build", "1.0")])
def test_same(one, other):
    assert Version(one) == Version(other)
    assert hash(Version(one)) == hash(Version(other))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("", ["1", "anything"], []),
        ("1.14.1", ["1.14.1", "v1.14.1"], ["1.14.10", "1.14", "0.30.4", "", "latest"]),
        ("1.14.1, 0.30.4", ["1.14.1", "0.30.4"], ["1.0"]),
        ("1.14.1 || 0.30.4", ["1.14.1", "0.30.4"], ["1.0"]),
        ("1.2.1 1.2.2", ["1.2.1", "1.2.2"], ["1.2.3"]),
        (">=1.2.0 <1.3.0", ["1.2.0", "1.2.99"], ["1.1.9", "1.3.0"]),
        (">=1.2,<1.3", ["1.2", "1.2.5"], ["1.3"]),
        ("> 1.2", ["1.2.1"], ["1.2"]),
        ("<=1.2 || >=2", ["1.0", "1.2", "2.1"], ["1.5"]),
        ("^1.2.3", ["1.2.3", "1.9"], ["2.0.0", "2.0.0-rc.1", "1.2.2"]),
        ("^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0"]),
        ("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0"]),
        ("~=1.4.2", ["1.4.2", "1.4.9"], ["1.5"]),
        ("1.2.x", ["1.2.0", "1.2.9"], ["1.3.0"]),
        ("1.*", ["1.0", "1.9"], ["2.0"]),
        ("*", ["0.0.1", "7"], ["latest"]),
        ("1.0.0 - 2.0.0", ["1.0.0", "2.0.0"], ["2.0.1"]),
        ("1.0 - 2.1", ["2.1.9"], ["2.2.0"]),
        ("==1.0", ["1.0.0"], ["1.0.1"]),
        (">=1.0,!=1.5", ["1.4", "1.6"], ["1.5", "0.9"]),
        ("2026.3.28-2", ["2026.3.28-2"], ["2026.3.28-3", "2026.3.28"]),
    ],
)
def test_ranges(text, inside, outside):
    meant = VersionRange(text)
    assert [version for version in inside if not meant.holds(version)] == []
    assert [version for version in outside if meant.holds(version)] == []


@pytest.mark.parametrize("text", ["latest", "from 1.0", ">=", "1.0 and later", "a.b"])
def test_what_has_no_known_form_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        VersionRange(text)


@given(st.text(alphabet="0123456789.^~<>=|, -x*a", max_size=30), st.text(max_size=12))
def test_no_text_breaks_it(text, version):
    try:
        meant = VersionRange(text)
    except ValueError:
        return
    assert meant.holds(version) in {True, False}
