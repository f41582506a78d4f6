import pytest

from bongsu.normalize.identifier_mail import canonical_email


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("Ann.Made@Gmail.com", "annmade@gmail.com"),
        ("annmade+jobs@googlemail.com", "annmade@gmail.com"),
        ("a.n.n.made@googlemail.com", "annmade@gmail.com"),
        ("mailto:annmade@gmail.com", "annmade@gmail.com"),
        ("Ann Made <annmade@gmail.com>", "annmade@gmail.com"),
        ("Ann.Made+x@Outlook.com", "ann.made@outlook.com"),  # dots count there
        ("ann-made_x@protonmail.com", "annmadex@proton.me"),
        ("annmade-list@yahoo.com", "annmade-list@yahoo.com"),
        ("ann-made@ya.ru", "ann-made@yandex.ru"),
        ("ann.made@yandex.com", "ann-made@yandex.ru"),
        ("ann.made+tag@company.example", "ann.made+tag@company.example"),  # not known to ignore either
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    ],
)
def test_the_mailbox_as_its_provider_reads_it(text, mailbox):
    found = canonical_email(text)
    assert (found.kind, found.value, found.strength, found.why) == ("email", mailbox, "strong", "")


@pytest.mark.parametrize(
    "text",
    [
        "annmade",
        "ann@",
        "@gmail.com",
        "ann..made@gmail.com",
        ".ann@gmail.com",
        "a b@gmail.com",
        "+x@gmail.com",
    ],
)
def test_what_is_no_mail_address_is_refused(text):
    assert canonical_email(text).rule == "bad_email"


@pytest.mark.parametrize("text", ["support@company.example", "hr+new@gmail.com", "ann@mailinator.com"])
def test_a_mailbox_of_many_is_weak(text):
    found = canonical_email(text)
    assert found.strength == "weak"
    assert found.why
