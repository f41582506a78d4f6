import pytest

from bongsu.errors import InputError
from bongsu.read.mail_lists import read_domains, read_people


def saved(folder, text):
    (folder / "list.csv").write_bytes(text.encode())
    return folder / "list.csv"


def test_people_have_domains_or_addresses(tmp_path):
    path = saved(
        tmp_path,
        "\ufeffname,domain,note\nHong Gildong,ThinkTank.example,x\nHong Gildong,hong@gmail.com\n,x\n",
    )
    assert list(read_people(path)) == [
        ("Hong Gildong", "thinktank.example"),
        ("Hong Gildong", "hong@gmail.com"),
    ]


def test_domains_may_be_common_words(tmp_path):
    path = saved(tmp_path, "domain,common\nA.example.,\nsejong.org,yes,more\n")
    assert read_domains(path) == {"a.example": False, "sejong.org": True}


@pytest.mark.parametrize("text", ["x,y\n1,2\n", "", "name,domain\n\xff".encode("latin-1").decode("latin-1")])
def test_a_file_without_the_columns_is_refused(tmp_path, text):
    if "domain" in text:
        (tmp_path / "list.csv").write_bytes(text.encode("latin-1"))
        with pytest.raises(InputError, match="Cannot read"):
            list(read_people(tmp_path / "list.csv"))
        return
    with pytest.raises(InputError, match="lacks a column"):
        list(read_people(saved(tmp_path, text)))
    with pytest.raises(InputError, match="Cannot read"):
        list(read_people(tmp_path / "none.csv"))
