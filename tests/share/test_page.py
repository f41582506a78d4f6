import jinja2
import pytest

from bongsu.share.page import page_environment


def test_text_of_strangers_is_escaped_and_shown_as_it_is():
    page = page_environment().from_string("{{ text }}")
    assert page.render(text="<b>") == "&lt;b&gt;"
    assert "\u202e" not in page.render(text="a\u202eb")


def test_what_is_missing_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        page_environment().from_string("{{ nothing }}").render()
