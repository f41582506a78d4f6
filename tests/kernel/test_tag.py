"""Tags of many hashes equal the tag of each."""

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bongsu.kernel.tag import tags_of
from bongsu.store.column_buffer import texts_of
from bongsu.store.layout import tag_of

TEXT = st.one_of(
    st.text("0123456789abcdef", max_size=12),
    st.text("0xaf", max_size=10).map("0x".__add__),
    st.text("0x:`/gAé", max_size=10),
)


@settings(max_examples=100)
@given(st.lists(TEXT, max_size=8).flatmap(lambda few: st.lists(st.sampled_from(few or [""]), max_size=12)))
@example(["", "", "0", "0x", "0x1", "0x0x", "t1", "t1", "0xA", "0x1234567g", "0x12345678g", "12345678"])
def test_a_tag_is_that_of_the_text_and_only_a_text_is_the_same_as_the_one_before(texts):
    column = pa.array(["0", *texts], pa.string()).slice(1)
    tag, same = tags_of(texts_of(column))
    assert tag.tolist() == [tag_of(text) for text in texts]
    pairs = zip([None, *texts], texts, strict=False)
    assert same.tolist() == [one == before and one != "" for before, one in pairs]


def test_tags_are_the_first_digits_or_the_first_bytes():
    texts = ["0x12345678ff", "12345678ff", "0x12", "", "t1", "0x12g"]
    tag, _same = tags_of(texts_of(pa.array(texts)))
    expected = [0x12345678, 0x12345678, 0x12000000, 0, 0x74310000, 0x30783132]
    assert tag.tolist() == expected == [tag_of(text) for text in texts]
