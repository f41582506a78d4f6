"""A table of networks in a screening."""

import json

import pytest
from tests.data.person_file import write_csv, write_lines

from bongsu.app.jobs.screen import run_screen
from bongsu.app.jobs.screen_asn import read_networks
from bongsu.app.jobs.screen_intake import ScreenRequest
from bongsu.errors import FormatError, InputError
from bongsu.share.dossier import dossiers, render_dossier

HEADER = ("cidr", "asn", "name", "kind", "valid_from", "valid_until")


def networks(folder, kind):
    rows = ("8.8.8.0/24", "AS64500", "Example Net", kind, "2025-01-01", ""), ("x", "1", "", "", "", "")
    return write_csv(folder / f"{kind}.csv", HEADER, *rows)


def company(folder):
    header = ("employee id", "hire date", "work email", "home address", "ship to")
    rows = [
        (f"E{n}", "2026-01-02", f"e{n}@x.example", f"{n} Oak Street Springfield", "9 Basement Lane Farmtown")
        for n in range(4)
    ]
    signed = [
        {
            "eventType": "user.session.start",
            "published": f"2026-0{1 + day // 28}-{1 + day % 28:02}T15:00:00Z",
            "actor": {"alternateId": f"e{n}@x.example"},
            "client": {"ipAddress": "8.8.8.8"},
            "outcome": {"result": "SUCCESS"},
        }
        for n in range(4)
        for day in range(40)
    ]
    return write_csv(folder / "hris.csv", header, *rows), write_lines(folder / "okta.jsonl", *signed)


def test_a_file_is_counted_with_its_rejects(tmp_path):
    found, counts = read_networks(networks(tmp_path, "vpn"))
    assert (found.num_rows, counts.rows, counts.rejects) == (1, 2, {"bad_range": 1})
    assert counts.document()["source"] == "asn"
    with pytest.raises(InputError):
        read_networks(tmp_path / "nothing.csv")
    with pytest.raises(FormatError, match="no column asn"):
        read_networks(write_csv(tmp_path / "x.csv", ("cidr", "name"), ("8.8.8.0/24", "A")))


def test_a_home_is_annotated_and_a_vpn_explains_the_sharing(tmp_path):
    files = company(tmp_path)
    home = run_screen(ScreenRequest(files=files, asn=networks(tmp_path, "residential")))
    shared = [hit for one in home["referrals"] for hit in one["for"] if hit["thing"] == "ip"]
    assert len(shared) == 4
    assert shared[0]["networks"] == [{"asn": 64500, "name": "Example Net", "kind": "residential"}]
    assert home["hand_over"]["addresses"] == ["8.8.8.8"]
    assert home["files"][-1]["source"] == "asn"
    pages = [render_dossier(content) for _name, content in dossiers(home)]
    assert sum("AS64500 <bdi>Example Net</bdi> · residential" in page for page in pages) == 4
    vpn = run_screen(ScreenRequest(files=files, asn=networks(tmp_path, "vpn")))
    assert vpn["referrals"] == []
    assert "8.8.8.8" not in json.dumps(vpn["hand_over"])
    assert vpn["explained"]
