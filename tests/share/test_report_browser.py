"""The page in a real browser: it works without network, and what is hostile does not run."""

from pathlib import Path

import pytest
from tests.data.trace_document import large, small

from bongsu.share.report import write_report
from bongsu.share.report_browser import content_policy, data_text, script_text

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: the page cannot be tried in a browser")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a document's report; fails on any console message, error or request that leaves."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    requests, messages = [], []

    def show(document, *, width=1280):
        path = tmp_path / "report.html"
        write_report(document, path, recipient=None)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("#flow-picture .sankey-node", state="attached")
        return page

    yield show
    context.close()
    assert not messages
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def until(page, condition):
    """Waits for a condition; the page's own policy forbids the usual way, which evaluates text in it."""
    for _attempt in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def visible_ranks(page):
    return page.eval_on_selector_all(
        "#end-table tbody:not([hidden])", "rows => rows.map(row => Number(row.id.slice(4)))"
    )


def test_pictures_are_drawn_and_follow_the_choices(opened):
    document = small(ends=30)
    page = opened(document)
    assert page.locator("#flow-picture .sankey-link").count() > 10
    assert page.locator("#timeline-picture .bars .point").count() > 3
    assert page.locator("#flow-caption").inner_text() == "Flow of ETH from the source to the ends, under FIFO"
    page.select_option("#picture-asset", label="USDT")
    page.select_option("#picture-policy", "haircut")
    assert (
        page.locator("#flow-caption").inner_text()
        == "Flow of USDT from the source to the ends, under Haircut"
    )
    until(page, "document.querySelectorAll('#flow-picture .sankey-link').length < 15")


def test_labels_of_ends_stand_beside_the_links(opened):
    page = opened(large())
    anchors = page.eval_on_selector_all(
        "#flow-picture text.node-label", "all => all.map(one => one.getAttribute('text-anchor'))"
    )
    assert set(anchors) == {"start"}
    page.set_viewport_size({"width": 1000, "height": 900})
    until(page, "document.querySelector('#flow-picture svg').getBoundingClientRect().width < 1000")
    until(page, "!document.querySelector('#flow-picture text.node-label[text-anchor=end]')")


def test_table_sorts_exactly_by_every_column(opened):
    document = small(ends=20)
    page = opened(document)
    eth = [end for end in document["endpoints"] if end["asset"].endswith("slip44:60")]
    page.select_option("#end-asset", eth[0]["asset"])
    page.select_option("#end-sort", "lifo")
    expected = sorted(eth, key=lambda end: (-int(end["amount"]["lifo"]), end["rank"]))
    assert visible_ranks(page) == [end["rank"] for end in expected]
    page.get_by_role("button", name="Min – max").click()
    expected = sorted(eth, key=lambda end: (-int(end["max"]), end["rank"]))
    assert visible_ranks(page) == [end["rank"] for end in expected]
    head = page.locator("th[data-sort=max]")
    assert head.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Min – max").click()
    assert visible_ranks(page)[-1] == expected[0]["rank"]
    assert head.get_attribute("aria-sort") == "ascending"


def test_table_filters_and_pages(opened):
    document = large()
    page = opened(document)
    assert visible_ranks(page) == list(range(1, 26))
    page.click("#end-more")
    assert len(visible_ranks(page)) == 50
    page.click("#end-all")
    assert len(visible_ranks(page)) == 500
    assert not page.is_visible("#end-more")
    page.fill("#end-search", document["endpoints"][300]["shown"].lower())
    assert visible_ranks(page) == [301]
    assert page.locator("#end-count").inner_text() == "Showing 1 of 1"
    page.fill("#end-search", "")
    page.select_option("#end-country", "KR")
    page.check("#end-firm")
    page.click("#end-all")
    expected = [
        end["rank"]
        for end in document["endpoints"]
        if (end["label"] or {}).get("country") == "KR" and any(a["holds_under_all"] for a in end["actions"])
    ]
    assert visible_ranks(page) == expected


def test_link_opens_its_path_and_a_hidden_end(opened):
    page = opened(large())
    page.click("#end-7 a[href='#path-7']")
    assert page.locator("#path-7").get_attribute("open") is not None
    assert page.locator("#path-7 .steps").is_visible()
    page.evaluate("location.hash = '#end-400'")
    page.wait_for_selector("#end-400", state="visible")


def test_all_paths_open_and_close(opened):
    page = opened(small())
    page.click("#paths-open")
    assert page.locator("details.path[open]").count() == 12
    page.click("#paths-open")
    assert page.locator("details.path[open]").count() == 0


def test_print_shows_every_end_and_the_screen_goes_back(opened):
    page = opened(large())
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert len(visible_ranks(page)) == 500
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert len(visible_ranks(page)) == 25


def test_hostile_labels_do_nothing(opened):
    page = opened(small(ends=60, hostile=True))
    for asset in range(2):
        page.select_option("#picture-asset", str(asset))
    page.click("#paths-open")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#flow-picture a, #flow-picture b, main img").count() == 0
    names = page.locator("#flow-picture text.node-label").all_text_contents()
    assert any("<script>" in name or "HYPERLINK" in name for name in names)


def test_script_that_slipped_into_the_page_would_not_run(browser, tmp_path):
    path = tmp_path / "report.html"
    write_report(small(), path, recipient=None)
    slipped = '<script>window.hacked=1</script><img src="x" onerror="window.hacked=2">'
    path.write_text(path.read_text().replace("<main>", f"<main>{slipped}", 1))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#flow-picture .sankey-node", state="attached")
    assert page.evaluate("window.hacked") is None
    page.close()


def test_without_scripts_everything_can_be_read(browser, tmp_path):
    path = tmp_path / "report.html"
    write_report(small(ends=40), path, recipient=None)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#end-40").is_visible()
    assert not page.locator("#end-controls").is_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_page_is_never_wider_than_the_window(opened, width):
    page = opened(small(ends=40, hostile=True), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_sections_are_not_under_the_banner_when_a_link_leads_there(opened):
    page = opened(small(exercise=True))
    page.click("nav a[href='#ends']")
    covered = page.evaluate("document.querySelector('nav').getBoundingClientRect().bottom")
    assert page.evaluate("document.querySelector('#ends-title').getBoundingClientRect().top") >= covered


def test_script_cannot_end_its_element():
    assert (
        script_text("a='</script>';\r\nb='<!--';\rc='</SCRIPT'")
        == "a='<\\/script>';\nb='<\\!--';\nc='<\\/SCRIPT'"
    )


def test_data_holds_no_markup():
    text = data_text({"a": "</script><!--&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert "\\u003c/script\\u003e" in text


def test_policy_lists_scripts_by_hash():
    policy = content_policy(["alert(1)"])
    assert "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline' ;" not in policy
