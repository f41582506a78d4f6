import pickle

import pyarrow as pa
import pytest
from tests.analyze.mail_case import ANSWERS, LISTS, NEGATIVES, POSE, POSITIVES, mail, watched

from bongsu.analyze.mail_auth import authenticate
from bongsu.model.detection import LEVELS
from bongsu.model.log import LogBlock, LogStream

for name in ("authres", "tldextract"):
    pytest.importorskip(name)


@pytest.mark.parametrize("name", POSITIVES)
def test_what_the_advisory_describes_is_found(name):
    raw, level = POSITIVES[name]
    [found] = watched(raw).sightings()
    assert (found.level, found.alert, found.kind) == (level, True, "mail")
    assert found.evidence[0].locator == "line 1"
    assert found.why and found.innocent and found.next_steps and found.techniques


@pytest.mark.parametrize("name", NEGATIVES)
def test_ordinary_mail_is_never_above_low(name):
    found = watched(NEGATIVES[name]).sightings()
    assert [one.level for one in found] in ([], ["low"]), found
    assert not any(one.alert for one in found)


def test_all_together_give_as_many_findings_as_each_alone():
    found = watched(*[raw for raw, _level in POSITIVES.values()], *NEGATIVES.values()).sightings()
    above = [one for one in found if LEVELS.index(one.level) > LEVELS.index("low")]
    assert len(above) == len(POSITIVES)
    assert found == sorted(found, key=lambda one: -LEVELS.index(one.level))


def test_the_whole_story_is_told():
    [found] = watched(POSE).sightings()
    assert found.techniques == ("T1598", "T1656")
    assert len(found.why) == 6
    assert any("gmail.com" in why for why in found.why)
    assert found.value == "hong@thinktank.example"
    assert str(found.first) == "2024-06-03 00:00:00+00:00"


def test_a_sender_that_wrote_before_is_no_first_contact():
    late = mail("Hong Gildong <h@gmail.com>", "Interview request", day=17)
    early = mail("Hong Gildong <h@gmail.com>", "Hello", day=10)
    levels = {one.first.day: one.level for one in watched(late, early).sightings()}
    assert levels == {17: "low", 10: "low"}
    assert [one.level for one in watched(late).sightings()] == ["medium"]


def test_an_answer_to_a_message_of_the_archive_is_no_first_contact():
    ours = mail("Kim <kim@firm.example>", "Question", Message_ID="<q1@firm.example>")
    theirs = mail("Hong Gildong <h@gmail.com>", "Interview request", In_Reply_To="<q1@firm.example>")
    assert [one.level for one in watched(ours, theirs).sightings()] == ["low"]


def test_what_is_computed_replaces_what_is_claimed():
    forged = mail("Hong Gildong <hong@thinktank.example>", "Interview request", Reply_To="h@gmail.com")
    watch = watched(forged)
    assert [one.level for one in watch.sightings()] == ["medium"]
    [place] = watch.suspects
    watch.prove(place, authenticate(forged, ANSWERS))
    assert [one.level for one in watch.sightings()] == ["medium"], (
        "where it came from is not known: no verdict"
    )
    received = (
        b"Received: from x (x [192.0.2.9]) by mx.firm.example\nReturn-Path: <a@brand.example>\n" + forged
    )
    watch = watched(received)
    watch.prove(watch.suspects[0], authenticate(received, ANSWERS))
    assert [one.level for one in watch.sightings()] == ["high"]


def test_mails_of_one_sender_with_the_same_reasons_are_one_sighting():
    many = [mail("Hong Gildong <h@gmail.com>", f"Hello {day}", day=day) for day in (3, 10, 17)]
    found = watched(*many).sightings()
    assert sorted(one.count for one in found) == [1, 2]
    assert sum(len(one.evidence) for one in found) == 3


def test_a_failed_pass_of_a_host_that_is_not_trusted_is_no_proof():
    claim = "mx.evil.example; dmarc=pass header.from=thinktank.example"
    forged = mail(
        "Hong <hong@thinktank.example>",
        "Interview request",
        Reply_To="h@gmail.com",
        Authentication_Results=claim,
    )
    assert [one.level for one in watched(forged).sightings()] == ["medium"]
    assert watched(forged, trusted=("mx.evil.example",)).sightings() == []


def test_blocks_of_other_logs_are_left_alone():
    watch = watched()
    watch.add(LogBlock(LogStream("zeek"), {}, pa.nulls(1), pa.array([1])))
    assert watch.suspects == [] and watch.sightings() == []
    assert LISTS.experts


def test_watches_of_two_processes_are_as_one_that_saw_all():
    late = mail("Hong Gildong <h@gmail.com>", "Interview request", day=17)
    early = mail("Hong Gildong <h@gmail.com>", "Hello", day=10)
    ours = mail("Kim <kim@firm.example>", "Question", Message_ID="<q1@firm.example>")
    one, other = watched(late), watched(ours, early)
    one.merge(pickle.loads(pickle.dumps(other)))
    assert {found.first.day: found.level for found in one.sightings()} == {17: "low", 10: "low"}
