"""Values are spelled as Python reads them."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.json_line import ESCAPED, LIST, PLAIN, TREE
from bongsu.kernel.json_text import spell_values
from bongsu.kernel.text_code import FIRST, FORM, LENGTH, PADDING


def spell(values):
    data = np.frombuffer(b"".join(text for text, _form in values) + bytes(PADDING), dtype=np.uint8)
    entries = np.zeros((len(values), 6), dtype=np.int64)
    entries[:, LENGTH] = [len(text) for text, _form in values]
    entries[:, FIRST] = np.cumsum(entries[:, LENGTH]) - entries[:, LENGTH]
    entries[:, FORM] = [form for _text, form in values]
    out, first = np.zeros(len(data), dtype=np.uint8), np.zeros(len(values) + 1, dtype=np.int32)
    spell_values(data, entries, (out, first))
    return [out[a:b].tobytes().decode() for a, b in pairwise(first)]


@given(st.lists(st.text(), max_size=5))
def test_escapes_are_what_python_reads(texts):
    values = [(json.dumps(text)[1:-1].encode(), ESCAPED) for text in texts]
    assert spell(values) == texts


@given(st.lists(st.text(), max_size=5))
def test_a_list_is_its_values_with_commas(texts):
    assert spell([(json.dumps(texts, indent=1).encode(), LIST)]) == [",".join(texts)]


@pytest.mark.parametrize(
    ("text", "form", "meant"),
    [
        (b"a\\/b", ESCAPED, "a/b"),
        (b"\\ud800", ESCAPED, "\ufffd"),
        (b"\\ud800x", ESCAPED, "\ufffdx"),
        (b"\\ud800\\u0041", ESCAPED, "\ufffdA"),
        (b"\\udc00", ESCAPED, "\ufffd"),
        (b"[1.0, true, null]", LIST, "1.0,true,null"),
        (b"[]", LIST, ""),
        (b'[{"a": 1}]', TREE, '[{"a": 1}]'),
        (b"a\\nb", PLAIN, "a\\nb"),
    ],
)
def test_each_form(text, form, meant):
    assert spell([(b"before", PLAIN), (text, form), (b"after", PLAIN)]) == ["before", meant, "after"]
