from tests.data.event_rows import event, hits_of, subjects


def pushed(name, count, host="x.example"):
    return [event(name, "commit", "email", f"author{i}@{host}") for i in range(count)]


def test_authors_who_are_nowhere_else():
    assert subjects(hits_of(*pushed("a", 5), flag="A10")) == ["a"]
    assert hits_of(*pushed("a", 4), flag="A10") == []


def test_authors_of_a_shared_repository_are_somewhere_else_too():
    assert hits_of(*pushed("a", 5), *pushed("b", 5), flag="A10") == []
