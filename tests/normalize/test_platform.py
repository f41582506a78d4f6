import pytest
from tests.data.person_file import normalized

from bongsu.model.event import ACCEPTED, OTHER_ACCOUNT

WHEN = "2026-01-02T03:04:05Z"


def stated(**raw):
    found = normalized("platform", account="F1", time=WHEN, **raw)
    assert found.rejects.num_rows == 0
    return sorted((row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist())


def test_what_a_row_is_about_by_the_columns_that_it_fills():
    contact = [("contact", "email", "a@x.example"), ("register", "", ""), ("work", "vendor", "one")]
    assert stated(email="a@x.example", agency="One", ip="8.8.8.8") == contact
    assert stated(ip="8.8.8.8", device="D") == [("session", "", "")]
    assert stated(payee="F2", amount="5") == [("payment", "account", "f2")]
    assert stated(emoney="me@x.example", service="paypal")[0][:2] == ("payout", "emoney")
    assert stated(wallet="0x" + "ab" * 20)[0] == ("payout", "wallet", "0x" + "ab" * 20)
    assert stated(amount="5") == []


def test_what_a_row_is_about_as_it_says():
    assert stated(record="Suspended", text="spam") == [("suspension", "", "")]
    assert stated(record="login", email="a@x.example")[-1] == ("session", "", "")
    assert stated(record="account created") == [("register", "", "")]


def test_a_bid_keeps_the_hash_of_its_text():
    one, same = (stated(project="J1", proposal=text) for text in ("Dear client!", "dear  client"))
    assert one == same
    assert [row[:2] for row in one] == [("bid", ""), ("bid", "proposal")]
    assert "client" not in str(one)
    found = normalized("platform", account="F1", time=WHEN, project="J1", accepted="Hired")
    assert [row["note"] for row in found.events.to_pylist()] == [ACCEPTED]


@pytest.mark.parametrize(
    "text",
    [
        "My account is closed, can I continue the contract with my friend's account?",
        "please transfer the project to another account",
        "I will use a different profile",
        "account_swap",
    ],
)
def test_requests_to_go_on_under_another_account(text):
    assert stated(text=text) == [("request", "request", OTHER_ACCOUNT)]


@pytest.mark.parametrize(
    "text",
    [
        "I cannot log in to my account, please unlock it",
        "How do I change the account that my pay goes to?",
        "the client used another word for it",
    ],
)
def test_other_requests(text):
    assert stated(text=text) == [("request", "request", "something")]
