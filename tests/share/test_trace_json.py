import json
from copy import deepcopy

import pytest
from tests.data.trace_document import large, small

from bongsu.share import trace_json
from bongsu.share.trace_json import json_pieces


def whole(document):
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("document", [small(), small(hostile=True), large(), small() | {"endpoints": []}])
def test_the_pieces_are_the_whole(document):
    assert "".join(json_pieces(document)) == whole(document)


def test_a_step_that_paths_share_stands_in_each_of_them():
    document = small()
    shared = document["endpoints"][0]["path"]
    document["endpoints"][1]["path"] = [*shared, document["endpoints"][1]["path"][-1]]
    document["endpoints"][2]["path"] = []
    assert "".join(json_pieces(document)) == whole(deepcopy(document))


def test_a_long_list_of_ends_comes_in_several_pieces(monkeypatch):
    document = large()
    monkeypatch.setattr(trace_json, "ENDS_AT_ONCE", 60)
    pieces = list(json_pieces(document))
    assert max(map(len, pieces)) < len(whole(document)) / 4
    assert "".join(pieces) == whole(document)
