from collections import Counter

from bongsu.rehearse.identity import OTHER_PLATFORM, Near, make_identities

NEAR = Near(["quietheron42", "ann.madeup"], ["admin7"])


def values(table, kind):
    return [row["text"] for row in table.to_pylist() if row["kind"] == kind]


def test_the_same_seed_makes_the_same_people():
    assert make_identities(200, seed=3, near=NEAR).equals(make_identities(200, seed=3, near=NEAR))
    assert not make_identities(200, seed=3).equals(make_identities(200, seed=4))


def test_mailboxes_wallets_and_devices_are_each_ones_own():
    made = make_identities(5_000, seed=1, near=NEAR)
    for kind in ("email", "wallet", "serial"):
        found = values(made, kind)
        assert len(found) == len(set(found)) == 5_000


def test_many_look_like_somebody_and_none_is():
    made = make_identities(2_000, seed=1, near=NEAR)
    mails, handles = values(made, "email"), Counter(values(made, "handle"))
    assert 400 < sum(mail.startswith(tuple(NEAR.names)) for mail in mails) < 800
    assert not {f"{name}@gmail.com" for name in NEAR.names} & set(mails)
    elsewhere = [row["text"] for row in made.to_pylist() if row["namespace"] == OTHER_PLATFORM]
    assert elsewhere == list(NEAR.names)
    assert all(handles[name] == 1 for name in NEAR.names)
    assert handles["admin7"] > 10


def test_without_anybody_near_people_are_ordinary():
    made = make_identities(100, seed=1)
    assert len(set(made["record"].to_pylist())) == 100
    assert OTHER_PLATFORM not in made["namespace"].to_pylist()
