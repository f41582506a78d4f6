from tests.data.command import refused, run, said
from tests.data.hand_case import write_hand_case
from tests.data.screen_case import write_company


def test_files_are_screened_and_dossiers_written(tmp_path):
    files = write_company(tmp_path)
    (document,) = said("screen", *files)
    assert [one["subject"] for one in document["referrals"]] == ["e1", "e2", "e3", "e4"]
    assert said("screen", "run", *files)[0]["referrals"] == document["referrals"]
    done = run("screen", *files, "--into", tmp_path / "cases", "--tlp", "TLP:RED")
    assert (done.returncode, done.stderr) == (0, f"10 files written to {tmp_path / 'cases'}.\n")
    assert len(said("screen", "purge", tmp_path / "cases", "--older-than", 0)[0]["removed"]) == 10


def test_init_proposes_and_screen_takes_it(tmp_path):
    files = write_company(tmp_path)
    mapping = tmp_path / "map"
    mapping.write_text(run("screen", "init", *files).stdout)
    assert len(said("screen", *files, "--mapping", mapping)[0]["referrals"]) == 4


def test_a_path_is_explained(tmp_path):
    steps = said("screen", "path", "e1", "e2", *write_company(tmp_path))
    assert [step["flag"] for step in steps] == ["P01", "P01"]


def test_what_cannot_be_done_is_said(tmp_path):
    refused("screen", tmp_path / "nothing.csv", why="No such file")
    refused("screen", "purge", tmp_path, "--older-than", -1, why="out of range")
    refused("screen", *write_company(tmp_path), "--tlp", "TLP:BLUE", why="not a TLP 2.0 label")


def test_wallets_and_indicators_are_handed_over_in_one_command(tmp_path):
    files, labels = write_hand_case(tmp_path)
    saved = tmp_path / "screening.json"
    saved.write_text(run("screen", *files, "--labels", labels).stdout)
    (done,) = said("screen", "hand-over", saved, "--into", tmp_path / "out")
    assert done["written"] == ["wallets.json", "indicators.csv"]
    refused(
        "screen", "hand-over", saved, "--into", tmp_path / "out", "--recipient", "kr", why="may not go to"
    )


def test_a_decision_an_appeal_and_the_log(tmp_path):
    cases = tmp_path / "cases"
    run("screen", *write_company(tmp_path), "--into", cases)
    refused("screen", "appeal", cases, "e1", "--by", "B", "--says", "No.", why="no adverse decision stands")
    decided = ("screen", "decide", cases, "e1", "--decision", "adverse", "--country", "KR")
    refused_early = run(*decided, "--by", "K", "--why", " ")
    assert (refused_early.returncode, "--why says nothing" in refused_early.stderr) == (2, True)
    done = run(*decided, "--by", "K. Lee", "--why", "The laptop was elsewhere.")
    told = done.stderr.splitlines()
    assert told[0].startswith("Do not let the person know before somebody has decided")
    assert any(line.startswith("KR · must: Where a fully automatic system") for line in told)
    assert '"deadline": "14 days after the request"' in done.stdout
    said("screen", "appeal", cases, "e1", "--by", "B. Park", "--says", "It was stolen.")
    entries = said("screen", "appeals", cases)
    assert [(one["kind"], one.get("state")) for one in entries] == [("decision", None), ("appeal", "open")]
