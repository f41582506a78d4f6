import pytest

from bongsu.analyze.mail_claim import claims_of

pytest.importorskip("authres")
HEADER = (
    "mx.firm.example; dkim=pass header.d=a.example; spf=softfail smtp.mailfrom=x@b.example; "
    "dmarc=fail (p=NONE sp=NONE) header.from=a.example; arc=none"
)


def test_results_are_claims_of_the_host_that_wrote_them():
    found = claims_of([HEADER], ["mx.firm.example"])
    assert found == (
        ("mx.firm.example", True, "dkim", "pass", "a.example", ""),
        ("mx.firm.example", True, "spf", "softfail", "b.example", ""),
        ("mx.firm.example", True, "dmarc", "fail", "a.example", "none"),
    )
    assert not any(one.trusted for one in claims_of([HEADER], ["mx.other.example"]))


def test_a_header_that_cannot_be_parsed_claims_nothing():
    assert claims_of(["=;;=", "", "mx; spf"], []) == ()
