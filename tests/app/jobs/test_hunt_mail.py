import io

import pytest
from tests.analyze.mail_case import ANSWERS, mail

from bongsu.analyze.mail import MailWatch
from bongsu.app.jobs.hunt_mail import mail_lists, prove_senders
from bongsu.normalize.log import block_of
from bongsu.read import mail as mail_reader

for name in ("dkim", "authres", "tldextract"):
    pytest.importorskip(name)


def test_lists_of_the_user_and_those_that_ship_are_joined(tmp_path):
    (tmp_path / "people.csv").write_text("name,domain\nProf. Hong Gildong,thinktank.example\n")
    (tmp_path / "domains.csv").write_text("domain,common\nthinktank.example,\n")
    lists = mail_lists([tmp_path / "people.csv"], [tmp_path / "domains.csv"], ["Firm.example"])
    assert lists.experts == {"hong gildong": frozenset({"thinktank.example"})}
    assert lists.own_domains == {"firm.example"}
    assert lists.look_alikes is not None
    for host in ("mofa-login.example", "thinktank-mail.example", "firm-mail.example"):
        assert lists.look_alikes.find(host) is not None
    bare = mail_lists(shipped=False)
    assert bare.look_alikes is not None
    assert bare.look_alikes.find("mofa-login.example") is None


def test_senders_of_suspects_are_proven_from_the_file(tmp_path):
    (tmp_path / "people.csv").write_text("name,domain\nHong Gildong,thinktank.example\n")
    forged = b"Return-Path: <a@brand.example>\nReceived: from x (x [192.0.2.9]) by mx.firm.example\n" + mail(
        "Hong Gildong <hong@thinktank.example>", "Interview request", Reply_To="h@gmail.com"
    )
    box = b"From a 2024\n" + mail("Lee <lee@firm.example>") + b"\nFrom b 2024\n" + forged
    watch = MailWatch(mail_lists([tmp_path / "people.csv"]))
    for batch in mail_reader.read(io.BytesIO(box), batch_rows=10):
        watch.add(block_of(batch)[0])
    assert [one.level for one in watch.sightings()] == ["medium"]
    assert prove_senders(watch, lambda sha256: io.BytesIO(box), ANSWERS) == {"fail": 1}
    [found] = watch.sightings()
    assert found.level == "high"
    assert any("not proven" in why for why in found.why)
