from tests.data.event_rows import event, hits_of, subjects


def pushed(name, count, host="x.example"):
    return [event(name, "commit", "email", f"author{i}@{host}") for i in range(count)]


def test_authors_who_are_nowhere_else():
    assert subjects(hits_of(*pushed("a", 5), flag="A10")) == ["a"]
    assert hits_of(*pushed("a", 4), flag="A10") == []


def test_authors_of_a_shared_repository_are_somewhere_else_too():
    assert hits_of(*pushed("a", 5), *pushed("b", 5), flag="A10") == []


def commits(name, count, *, first=-2000, mailbox="old@x.example", digest="h", note="", seconds=86_400):
    return [
        event(
            name,
            "commit",
            "email",
            mailbox,
            day=first + i * seconds / 86_400,
            note=f"{digest}{i} {name}/one{note}",
        )
        for i in range(count)
    ]


OPENED = event("a", "register", day=0)


def test_commits_months_older_than_their_account():
    (hit,) = hits_of(OPENED, *commits("a", 10), flag="A09")
    assert (hit.subject, hit.family, hit.strength, len(hit.rows)) == ("a", "code", "medium", 5)
    assert hits_of(OPENED, *commits("a", 9), flag="A09") == []


def test_own_code_that_was_moved_goes_on_under_its_mailbox():
    on = commits("a", 1, first=10)
    assert hits_of(OPENED, *commits("a", 10), *on, flag="A09") == []


def test_forks_and_accounts_of_unknown_age():
    assert hits_of(OPENED, *commits("a", 10, note=" fork"), flag="A09") == []
    assert hits_of(*commits("a", 10), flag="A09") == []
    assert hits_of(OPENED, event("z", "hire", day=400), *commits("a", 10), flag="A09") == []  # an old account


def test_the_same_commits_with_a_rewritten_author():
    mine = commits("a", 10, mailbox="a@x.example", digest="h")
    theirs = commits("b", 10, mailbox="b@x.example", digest="k")
    hits = hits_of(*mine, *theirs, flag="A09")
    assert [(hit.subject, hit.others) for hit in hits] == [("a", ("b",)), ("b", ("a",))]
    assert hits_of(*mine[:9], *theirs, flag="A09") == []


def test_one_history_on_two_accounts_is_not_rewritten():
    mine = commits("a", 10, mailbox="a@x.example", digest="h")
    same_hash = commits("b", 10, mailbox="b@x.example", digest="h")
    same_author = commits("b", 10, mailbox="a@x.example", digest="k")
    crowd = [row for name in "bcdef" for row in commits(name, 10, mailbox=f"{name}@x.example", digest=name)]
    assert hits_of(*mine, *same_hash, flag="A09") == []
    assert hits_of(*mine, *same_author, flag="A09") == []
    assert hits_of(*mine, *crowd, flag="A09") == []
