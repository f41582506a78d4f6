import pytest

from bongsu.normalize.identifier_handle import canonical_handle, is_generic_handle


@pytest.mark.parametrize(
    ("text", "platform", "namespace", "value", "strength"),
    [
        ("@Quietheron42", "github", "github", "quietheron42", "strong"),
        ("https://github.com/Quietheron42/project", "", "github", "quietheron42", "strong"),
        ("https://t.me/quietheron42", "", "telegram", "quietheron42", "strong"),
        ("twitter.com/quietheron42?s=20", "", "x", "quietheron42", "strong"),
        ("quietheron42", "", "", "quietheron42", "medium"),
        ("quietheron.eth", "ens", "ens", "quietheron.eth", "strong"),
        ("admin", "github", "github", "admin", "weak"),
        ("admin.eth", "ens", "ens", "admin.eth", "weak"),
    ],
)
def test_a_handle_and_what_it_is_worth(text, platform, namespace, value, strength):
    found = canonical_handle(text, platform)
    assert (found.namespace, found.value, found.strength) == (namespace, value, strength)


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("two words", ""),
        ("-dash", "github"),
        ("a_b", "github"),
        ("abc", "telegram"),
        ("a" * 16, "x"),
        ("@", ""),
    ],
)
def test_a_name_that_the_platform_does_not_give_is_refused(text, platform):
    assert canonical_handle(text, platform).rule == "bad_handle"


@pytest.mark.parametrize(
    "text",
    ["admin", "dev", "john123", "topdev", "Super-Dev".lower(), "web3dev99", "abc", "12345678", "john_dev_1"],
)
def test_what_many_could_have_chosen_is_generic(text):
    assert is_generic_handle(text)


@pytest.mark.parametrize("text", ["quietheron", "john741672", "annmadeup", "devheron", "x7k2q9"])
def test_what_few_would_choose_is_not(text):
    assert not is_generic_handle(text)
