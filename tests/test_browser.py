"""The page and the widget in a real browser. Skipped where there is none: see the manual's page `development`."""

import functools
import http.server
import os
import re
import shutil
import threading
from pathlib import Path

import pytest

from serving import GARAGE, served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = Path(os.environ.get("FAQBOT_AXE", "/tmp/axe/package/axe.min.js"))
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update")  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A page of somebody else's, which the widget is put into: its folder and its address."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "favicon.ico").touch()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def server(site, tmp_path_factory):
    path = tmp_path_factory.mktemp("garage") / "garage.md"
    path.write_text(GARAGE)
    with served(path, "--allow-origin", site[1]) as found:
        yield found


@pytest.fixture
def page(browser, server):
    """A new window that remembers what it asked for, and what its scripts complained of."""
    context = browser.new_context()
    found = context.new_page()
    found.asked, found.wrong = [], []
    found.on("request", lambda request: found.asked.append(request.url))
    found.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.on("console", lambda said: said.type == "error" and found.wrong.append(said.text))
    found.on("dialog", lambda dialog: found.wrong.append(dialog.message))
    found.goto(server.url)
    yield found
    assert found.wrong == []
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in found.asked)
    context.close()


def violations(page):
    if not AXE.exists():
        pytest.skip("axe-core is not here: FAQBOT_AXE names its axe.min.js")
    page.evaluate(f"() => {{ {AXE.read_text()} }}")  # as if it were typed into the console: the page's policy stays
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


def replied(page, number):
    """Wait for so many replies, and return the last one."""
    replies = page.locator(".reply")
    playwright.expect(replies).to_have_count(number)
    return replies.nth(number - 1)


def test_a_question_a_suggestion_and_a_worry_by_keyboard_alone(page, server):
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "faq-question":
        page.keyboard.press("Tab")
    page.keyboard.type("were do i prak")
    page.keyboard.press("Enter")
    playwright.expect(replied(page, 1)).to_contain_text("Behind the house.")
    page.keyboard.type("do you repair bikes")
    page.keyboard.press("Enter")
    listed = replied(page, 2)
    playwright.expect(listed.get_by_role("button")).not_to_have_count(0)
    while page.evaluate("document.activeElement.closest('.reply.suggested') === null"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    playwright.expect(replied(page, 3)).to_have_class("reply answered")
    page.keyboard.type("I am bleeding a lot")
    page.keyboard.press("Enter")
    playwright.expect(replied(page, 4).get_by_role("alert")).to_be_visible()
    assert page.locator("[role=log]").count() == 1
    assert {url.rpartition("/")[0] for url in page.asked} == {server.url}
    assert violations(page) == []


def test_what_a_knowledge_file_says_is_shown_as_text(page):
    page.get_by_label("Your question").fill("do you repair electric bikes")
    page.get_by_role("button", name="Ask", exact=True).click()
    playwright.expect(replied(page, 1)).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img").count() == 0
    page.get_by_label("Your question").fill("<img src=x onerror=alert(2)>")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".asked").nth(1)).to_have_text("<img src=x onerror=alert(2)>")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_is_cut_off_and_axe_finds_nothing(page, width, scheme):
    """1280 pixels at a zoom of 400 % are 320: WCAG's reflow."""
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for number, question in enumerate(["when are you open", "how long does a repair take", "do you repair bikes"], 1):
        page.get_by_label("Your question").fill(question)
        page.keyboard.press("Enter")
        replied(page, number)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("FAQBOT_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/page-{width}-{scheme}.png", full_page=True)
    assert violations(page) == []


def test_without_a_script_a_form_does(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    page.get_by_label("Your question").fill("do you repair bikes")
    page.keyboard.press("Enter")
    page.locator(".reply").get_by_role("button").first.click()
    playwright.expect(page.locator(".reply.answered")).to_be_visible()
    context.close()


def widget(site, server, more="", lang="en", direction="ltr"):
    folder, address = site
    script = f'<script src="{server.url}/widget.js" data-faq="{server.url}" {more}></script>'
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8"><title>Site</title></head>'
        f"<body><main><h1>Site</h1></main>{script}</body></html>"
    )
    return f"{address}/index.html"


def test_the_widget_answers_on_a_page_of_another_site(page, site, server):
    page.goto(widget(site, server, 'data-title="Ask us" data-accent="#ffd400" data-label="Help"'))
    page.set_viewport_size({"width": 320, "height": 640})
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("dialog", name="Ask us")).to_be_visible()
    playwright.expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("where do i park")
    page.keyboard.press("Enter")
    playwright.expect(replied(page, 1)).to_contain_text("Behind the house.")
    colours = page.locator(".bubble").evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 212, 0)"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.reply')") is None  # it is in a shadow root
    if folder := os.environ.get("FAQBOT_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/widget-320.png")
    assert violations(page) == []
    page.keyboard.press("Escape")
    playwright.expect(page.get_by_role("dialog")).to_be_hidden()
    playwright.expect(page.get_by_role("button", name="Help")).to_be_focused()


def test_the_widget_follows_a_page_from_right_to_left(page, site, server):
    page.goto(widget(site, server, direction="rtl"))
    page.get_by_role("button", name="Questions?").click()
    playwright.expect(page.get_by_label("Your question")).to_be_focused()
    for part in (".widget", ".bubble"):
        assert page.locator(part).evaluate("one => one.getBoundingClientRect().left") < 100
    if folder := os.environ.get("FAQBOT_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/widget-rtl.png")


def test_a_server_that_is_gone_is_said_in_a_sentence(browser, tmp_path):
    path = tmp_path / "garage.md"
    path.write_text(GARAGE)
    context = browser.new_context()
    page = context.new_page()
    with served(path, "--rate", 6) as found:
        page.goto(found.url)
        for _ in range(3):
            page.get_by_label("Your question").fill("where do i park")
            page.keyboard.press("Enter")
            playwright.expect(page.locator("[aria-busy]")).to_have_count(0)
        playwright.expect(page.locator(".failed")).to_have_text(re.compile(r"Try again in \d+ seconds"))
    page.get_by_label("Your question").fill("where do i park")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".failed").last).to_contain_text("cannot be reached")
    context.close()
