"""Fact files written for one test."""

import pytest

from bongsu.facts.document import read_document

HEADER = """\
title: A case
sources: ["Somebody, a document: example.org"]
retrieved: 2024-05-06
license: Facts
confidence: 80
marking: "TLP:CLEAR"
"""


@pytest.fixture
def write_facts(tmp_path):
    """Function that writes a fact file with a header and returns its path."""

    def write(kind, slug, body, header=HEADER):
        path = tmp_path / kind / f"{slug}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(header + body)
        return path

    return write


@pytest.fixture
def document(write_facts):
    """Function that writes a fact file and reads it as a document."""
    return lambda kind, slug, body: read_document(write_facts(kind, slug, body))
