import pytest

from bongsu.normalize.claim import claimed_jobs, claimed_skills, plain_skill


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("Acme Inc 2019-03 to 2021-05; Other, 2021 - now", ["acme inc 2019-03..2021-05", "other 2021-01.."]),
        ("Acme (2019/3 – 2020)", ["acme 2019-03..2020-12"]),
        ("Acme\nOther 2020-01..", ["other 2020-01.."]),
        ("", []),
    ],
)
def test_jobs(text, jobs):
    assert claimed_jobs(text) == jobs


@pytest.mark.parametrize(
    ("text", "year", "skills"),
    [
        ("Rust since 2008; Node.js (2010)", None, ["rust 2008", "nodejs 2010"]),
        ("Kubernetes: 10 years | C# 3+ yrs", 2024, ["kubernetes 2014", "c# 2021"]),
        ("Kubernetes: 10 years", None, []),
        ("Rust; Go", 2024, []),
    ],
)
def test_skills(text, year, skills):
    assert claimed_skills(text, year) == skills


def test_name_of_a_technology():
    assert plain_skill("Node.js") == plain_skill("node js") == "nodejs"
