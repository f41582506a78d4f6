"""Two employers match over HTTPS: what each learns, what is refused, what goes over the wire."""

import hashlib
import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from tests.data.match_case import OURS, SHARED, THEIRS, identifier_file
from tests.data.match_net import NOON, Employer, Net
from tests.data.match_tls import Authority

from bongsu.app.api import match as api
from bongsu.app.jobs.match import read_values
from bongsu.app.jobs.match_consent import withdraw_consent
from bongsu.errors import InputError, ReleaseError
from bongsu.share.match_rule import MOST_A_DAY, MOST_BYTES, MOST_REFUSED_A_DAY
from bongsu.share.private_match import ask, question_document

ACCOUNT = SHARED[:1]
ASK_A_PERSON = "for a person to decide"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls") / "ca")


@pytest.fixture
def net(tmp_path, authority):
    zeta = Employer(tmp_path / "zeta", "zeta", [*ACCOUNT, *OURS])
    acme = Employer(tmp_path / "acme", "acme", [*ACCOUNT, *THEIRS])
    zeta.know("acme")
    acme.know("zeta")
    with Net(zeta, acme, authority).up() as up:
        yield up


def a_question(round_id="r", values=("iban\x1f\x1fGB1", "iban\x1f\x1fGB2"), *, shared=None, kinds=("iban",)):
    question, _key = ask(list(values), round_id=round_id, kinds=kinds, shared=shared)
    return question_document(question)


def body(document, **change):
    return json.dumps(document | change).encode()


def test_two_employers_learn_the_shared_payout_account_and_nothing_else(net):
    assert net.zeta_asks() == {
        "round": "r",
        "reveal": False,
        "values": 2,
        "left_out": {"other_kind": 1},
        "shared": 1,
    }
    assert net.acme_asks()["shared"] == 1
    net.acme.consent("zeta")
    account = {"kind": "iban", "namespace": "", "value": "GB82WEST12345698765432"}
    assert net.zeta_asks(reveal=True)["values"] == [account]
    with pytest.raises(ReleaseError, match=ASK_A_PERSON):  # nobody decided so on the other side
        net.acme_asks(reveal=True)
    answered = net.acme.log("answered")
    assert [one["approved_by"] for one in answered] == ["", "Kim"]
    assert {one["address"] for one in answered} == {"127.0.0.1"}
    assert all(one["bytes"] > 100 for one in answered)
    assert not (net.zeta.folder / "keys").exists() or not list((net.zeta.folder / "keys").iterdir())


def traces(value):
    """What would give a value away: itself, its parts, common hashes of it, and base64 of each."""
    forms = {value, *value.split("\x1f"), value.replace("\x1f", ""), value.replace("\x1f", ":")}
    plain = {form.encode() for form in forms if len(form) > 8}
    for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b"):
        plain |= {hashlib.new(name, form).digest() for form in tuple(plain)}
    found = set(plain)
    for form in plain:
        found.add(form.hex().encode())
        for shift in range(3):  # base64 of a longer text that has it anywhere
            coded = b64encode(b"\0" * shift + form)[4 if shift else 0 : -4]
            found |= {coded, coded.replace(b"+", b"-").replace(b"/", b"_")}
    return {one for one in found if len(one) >= 8}


def opened(wire):
    """What went over the wire, with base64 in JSON opened too."""
    pieces = list(wire)
    for piece in wire:
        if piece.startswith(b"{"):
            texts = [one for one in json.loads(piece).values() if isinstance(one, str)]
            pieces += [b64decode(one) for one in texts if len(one) > 40 and " " not in one]
    return pieces


def given_away(wire, value):
    lowered = [piece.lower() for piece in wire]
    return any(
        one in piece or one.lower() in low
        for one in traces(value)
        for piece, low in zip(wire, lowered, strict=True)
    )


def test_what_goes_over_the_wire_holds_no_value_hash_or_base64_of_one(net):
    net.zeta_asks()
    net.acme_asks()
    net.acme.consent("zeta")
    net.zeta_asks(reveal=True)
    with pytest.raises(ReleaseError):
        net.acme_asks(reveal=True)
    wire = opened(net.wire)
    assert sum(piece.startswith(b"{") for piece in wire) == 8  # four questions, three answers, a refusal
    values = [one for side in (net.zeta, net.acme) for one in read_values(side.values).values]
    assert len(values) == 4
    for value in values:
        assert not given_away(wire, value)
    assert not given_away(wire, SHARED[0][1])


@pytest.mark.parametrize(
    "leak",
    [
        lambda value: value,
        lambda value: b"xx" + b64encode(value),
        lambda value: b64encode(b"1" + value + b"234"),
        lambda value: urlsafe_b64encode(b"12" + hashlib.sha256(value).digest() + b"4"),
        lambda value: hashlib.sha256(value).hexdigest().upper().encode(),
        lambda value: hashlib.sha1(value.split(b"\x1f")[2]).digest(),
        lambda value: json.dumps({"a": b64encode(b"a" * 40 + value).decode()}).encode(),
    ],
)
def test_the_search_of_the_wire_would_find_a_value(leak):
    value = read_values_of_one()
    assert given_away(opened([b"before " * 3, leak(value.encode())]), value)
    assert not given_away(opened([b"before " * 3]), value)


def read_values_of_one():
    return "iban\x1f\x1fGB82WEST12345698765432"


def test_a_search_of_a_million_is_refused_with_the_words_of_the_file_way(net):
    status, _headers, said = net.post(body(a_question(), count=10**6))
    assert (status, said["why"]) == (403, "it has 1000000 values, the most is 10000")
    (refused,) = net.acme.log("refused")
    assert refused["why"] == f"{said['what']}: {said['why']}."
    identifier_file(net.zeta.values, [("email", f"a{n}@b.example", "") for n in range(10_001)])
    with pytest.raises(InputError, match="from 1 to 10000 can be asked"):
        net.zeta.ask("acme", net.peer(net.acme, net.zeta))


def test_a_body_over_the_limit_is_refused_before_it_is_read(net):
    whole = b'{"elements": "' + b64encode(b"\n\x21" + b"\x02" * 33) * 10**6 + b'"}'
    assert len(whole) > 46_000_000
    del net.wire[:]
    stated = net.post(b"", **{"Content-Length": str(len(whole))})
    assert stated[0] == 413
    assert stated[1]["Connection"] == "close"
    assert "one of 10000 values, the most, is not" in stated[2]["why"]
    pieces = (whole[at : at + 20_000] for at in range(0, MOST_BYTES + 20_000, 20_000))
    assert net.post(pieces)[0] == 413  # no length is stated, so it is counted
    got = [len(piece) for piece in net.wire if piece.startswith(b'{"elements"')]
    assert all(size < MOST_BYTES + 200_000 for size in got)
    assert len(net.acme.log("refused")) == 2
    assert net.acme.log("answered") == []


def test_a_question_of_the_most_values_is_not_over_the_limit():
    question = a_question(values=[f"v{n}" for n in range(10_000)])
    assert 460_000 < len(body(question)) < MOST_BYTES


def test_over_the_limit_of_a_day_is_refused_and_logged_and_the_next_day_it_is_not(net):
    for number in range(MOST_A_DAY):
        assert net.zeta_asks(f"r{number}")["shared"] == 1
    with pytest.raises(ReleaseError, match=r"answered 429.*zeta had 3 answers today"):
        net.zeta_asks("r9")
    (refused,) = net.acme.log("refused")
    assert refused["round"] == "r9"
    assert "3 answers today" in refused["why"]
    assert net.zeta.log("not_answered")[0]["round"] == "r9"
    net.acme.at += timedelta(days=1)
    assert net.zeta_asks("r9")["shared"] == 1


def test_of_many_questions_at_once_no_more_are_answered_than_allowed(net):
    bodies = [body(a_question(f"r{number}")) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(one[0] for one in pool.map(net.post, bodies))
    assert statuses == [200] * MOST_A_DAY + [429] * 5
    assert len(net.acme.log("answered")) == MOST_A_DAY


def test_a_question_is_answered_once(net):
    net.zeta_asks()
    with pytest.raises(ReleaseError, match="answered 409"):
        net.zeta_asks()


@pytest.mark.parametrize(
    "shown", [None, "Bearer wrong", "Bearer ", "Basic {token}", "{token}", "Bearer {token}x"]
)
def test_who_is_not_known_is_turned_away_before_anything_is_read(net, shown):
    stated = shown and shown.format(token=net.acme.tokens["zeta"])
    status, headers, said = net.post(body(a_question()), Authorization=stated)
    assert (status, headers["WWW-Authenticate"]) == (401, "Bearer")
    assert set(said) == {"type", "status", "what", "why", "next"}
    assert "zeta" not in json.dumps(said)
    (stranger,) = net.acme.log("turned_away")
    assert (stranger["address"], stranger["partner"]) == ("127.0.0.1", "")


def test_a_partner_taken_out_is_out_at_once(net):
    net.zeta_asks()
    net.acme.partners.write_text(net.acme.partners.read_text().replace("zeta", "other"))
    net.zeta_asks("r2")  # the token is now that of another name
    assert [one["partner"] for one in net.acme.log("answered")] == ["zeta", "other"]
    net.acme.partners.write_text('partners: {acme: {token_sha256: "' + "0" * 64 + '"}}')
    with pytest.raises(InputError, match="answered 401"):
        net.zeta_asks("r3")


def test_strangers_and_refusals_do_not_fill_the_log(net):
    for _number in range(MOST_REFUSED_A_DAY + 3):
        assert net.post(b"{", path="/match/question")[0] in {400, 429}
    assert len(net.acme.log("refused")) == MOST_REFUSED_A_DAY
    assert net.post(b"{")[2]["type"] == "urn:bongsu:match:too_many_refused"
    for _number in range(MOST_REFUSED_A_DAY + 3):
        assert net.post(b"", Authorization="Bearer no")[0] == 401
    assert len(net.acme.log("turned_away")) == MOST_REFUSED_A_DAY


def test_nothing_is_revealed_without_consent_and_each_reason_looks_the_same(net):
    net.zeta_asks()
    told = [net.post(body(a_question(shared=1)))]  # nobody decided
    net.acme.consent("zeta")
    told.append(net.post(body(a_question(shared=1))))  # acme has not counted
    net.acme_asks()
    told.append(net.post(body(a_question(shared=2))))  # acme counted 1
    net.acme.consent("zeta", at_least=2)
    told.append(net.post(body(a_question(shared=1))))  # fewer than 2
    net.acme.consent("zeta")
    withdraw_consent(net.acme.exchange("zeta"), "r", "Lee")
    told.append(net.post(body(a_question(shared=1))))
    net.acme.consent("zeta", until=NOON + timedelta(hours=1))
    net.acme.at += timedelta(hours=2)
    told.append(net.post(body(a_question(shared=1))))
    assert {status for status, _headers, _said in told} == {403}
    assert len({json.dumps(said) for _status, _headers, said in told}) == 1
    assert ASK_A_PERSON in told[0][2]["why"]
    reasons = [one["why"] for one in net.acme.log("refused")]
    looked_for = [
        "nobody has decided",
        "has not counted yet",
        "counted 1",
        "fewer than 2",
        "nobody",
        "nobody",
    ]
    assert all(text in why for text, why in zip(looked_for, reasons, strict=True))
    net.acme.consent("zeta")
    assert net.post(body(a_question(shared=1)))[0] == 200


def test_the_fewest_to_reveal_are_respected(net):
    for side in (net.zeta, net.acme):
        identifier_file(side.values, SHARED)
    assert net.zeta_asks()["shared"] == net.acme_asks()["shared"] == 2
    net.acme.consent("zeta", at_least=3)
    with pytest.raises(ReleaseError, match=ASK_A_PERSON):
        net.zeta_asks(reveal=True)
    net.acme.consent("zeta", at_least=2)
    assert len(net.zeta_asks(reveal=True)["values"]) == 2


def test_other_kinds_than_those_served_are_not_answered_for(net):
    status, _headers, said = net.post(body(a_question(kinds=["email"])))
    assert (status, said["type"]) == (403, "urn:bongsu:match:other_kinds")
    assert "email" not in said["why"]


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b"[" * 100_000, b"\xff", b"null", b'{"schema": "other"}'],
    ids=range(7),
)
def test_what_is_no_question_is_refused_and_logged(net, text):
    status, headers, said = net.post(text)
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")
    assert said["type"] == "urn:bongsu:match:not_readable"
    assert len(net.acme.log("refused")) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"elements": "AAAA"},
        {"count": 1},
        {"count": -1},
        {"round": "../../x"},
        {"round": "x" * 65},
        {"kinds": 3},
    ],
)
def test_a_question_that_is_not_what_it_says_is_refused_and_logged(net, change):
    assert net.post(body(a_question(), **change))[0] == 400
    assert len(net.acme.log("refused")) == 1


def test_a_value_asked_twice_is_refused_for_it_would_weigh_twice(net):
    assert net.post(body(a_question(values=["a", "a", "b"])))[0] == 400
    assert "more than once" in net.acme.log("refused")[0]["why"]


def test_own_trouble_is_not_told(net):
    net.acme.values.write_text("secret,column\n1,2\n")
    status, _headers, said = net.post(body(a_question()))
    assert (status, said["type"]) == (500, "urn:bongsu:match:not_now")
    assert "column" not in json.dumps(said)
    assert "values.csv" not in json.dumps(said)
    assert "column" in net.acme.log("failed")[0]["why"]
    assert net.acme.log("answered") == []


def test_other_places_and_methods_are_problems_too(net):
    assert net.post(b"", path="/")[0] == 404
    assert net.post(b"", path="/match/question", method="GET")[0] == 405
    assert net.post(b"", path="/")[1]["Content-Type"] == "application/problem+json"
    assert net.post(b"", **{"Content-Length": "9" * 20})[0] == 413


def test_a_body_that_does_not_come_is_waited_for_only_so_long(net, monkeypatch):
    monkeypatch.setattr(api, "BODY_SECONDS", 0.2)
    status, _headers, said = net.post(b"", **{"Content-Length": "10"})
    assert (status, said["type"]) == (408, "urn:bongsu:match:too_slow")
