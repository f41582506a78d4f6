import pytest

from bongsu.read.dns_live import LiveAnswers

pytest.importorskip("dns")
import dns.resolver


class Answer(str):
    def to_text(self):
        return str(self)


class Resolver:
    def __init__(self):
        self.asked = []

    def resolve(self, name, kind, **_options):
        self.asked.append((name, kind))
        if name == "gone.example":
            raise dns.resolver.NXDOMAIN
        if name == "slow.example":
            raise dns.resolver.LifetimeTimeout(timeout=5, errors=[])
        return [Answer('"v=spf1 " "-all"')]


def test_each_record_is_asked_for_once_and_no_answer_is_not_known():
    resolver = Resolver()
    found = LiveAnswers(resolver)
    assert [found.lookup("Example.com.", "TXT") for _ in range(2)] == [("v=spf1 -all",)] * 2
    assert resolver.asked == [("example.com", "TXT")]
    assert found.lookup("gone.example", "A") == ()
    assert found.lookup("slow.example", "A") is None
    assert found.lookup("example.com", "ANY") is None
