"""What a caller is told when it is refused."""

import json

from bongsu.app.api.problem import (
    STATUS,
    ask_a_person,
    not_now,
    not_readable,
    problem_response,
    refused,
    unknown_partner,
)


def test_every_rule_has_a_status_and_says_what_to_do_next():
    for rule, status in STATUS.items():
        response = problem_response(refused(rule, "a reason"))
        said = json.loads(response.body)
        assert response.status_code == said["status"] == status
        assert said["why"] == "a reason"
        assert said["next"].endswith(".")
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["cache-control"] == "no-store"
        assert (response.headers.get("connection") == "close") == (status in {401, 408, 413})


def test_fixed_problems_are_those_of_their_rule():
    for made, status in (
        (ask_a_person(), 403),
        (not_readable(), 400),
        (unknown_partner(), 401),
        (not_now(), 500),
    ):
        assert problem_response(made).status_code == status
        assert made.what.startswith("Cannot answer")
