"""Web pages as clinics have them: what is kept, where questions come from, and pages that are not well."""

import pytest
from lxml import html as lxml_html

from conftest import DATA
from faqbot.documents import jsonld, reader, webpage
from faqbot.documents.blocks import Kind
from faqbot.documents.html import found_in

ARTICLES = DATA / "articles"
FILLER = (
    "<p>The skin is cleaned, and then a thin gel that keeps it cool is put on before the light is used on it.</p>" * 3
)


def page(body, head=""):
    read = reader.parse(f"<!doctype html><html><head>{head}</head><body><main>{FILLER}{body}</main></body></html>")
    return [(str(block.kind), block.text) for block in read.blocks if not block.text.startswith("The skin is cleaned")]


def short(name):
    read = reader.read(ARTICLES / name)
    return read, [(str(block.kind), block.text[:30]) for block in read.blocks]


def test_questions_of_data_of_accordions_and_of_details_come_once_each():
    read, blocks = short("chemical-peel.html")
    assert (read.title, read.date, read.notes) == ("Chemical peel", "2023-09-02", (jsonld.BROKEN,))
    assert blocks == [
        ("paragraph", "Fresh skin from underneath: an"),
        ("heading", "What it is good for"),
        ("paragraph", "A peel evens out brown marks l"),
        ("paragraph", "The acid is brushed on and sta"),
        ("heading", "Our kinds of peel"),
        ("row", "Peel | Acid | Days off"),
        ("row", "Light | glycolic acid, up to 3"),
        ("row", "Medium | trichloroacetic acid "),
        ("heading", "Frequently asked questions"),
        ("question", "How deep does a peel go?"),
        ("answer", "A light peel takes off the dea"),
        ("question", "When can I wear make-up again?"),
        ("answer", "After a light peel, the next d"),
        ("question", "Will people see that I had it "),
        ("answer", "For a light peel, hardly: the "),
        ("answer", "A medium peel shows for a week"),
        ("question", "Is a peel safe during pregnanc"),
        ("answer", "Some acids are not. Tell us, a"),
    ]
    assert [block.header for block in read.blocks if block.cells] == [True, False, False]


def test_questions_of_lists_of_terms_of_tables_and_of_microdata():
    read, blocks = short("fat-freezing.html")
    assert (read.title, read.date) == ("Fat freezing", "7 May 2022")
    assert blocks == [
        ("paragraph", "Fat cells stand cold less well"),
        ("paragraph", "It is meant for a bulge that n"),
        ("heading", "What you may feel"),
        ("paragraph", "The first ten minutes are cold"),
        ("heading", "Short answers"),
        ("question", "Areas"),
        ("answer", "Belly, flanks, inner thighs an"),
        ("question", "Time off work"),
        ("answer", "None."),
        ("answer", "After the chin, a scarf hides "),
        ("question", "Is it permanent?"),
        ("answer", "Cells that are gone stay away,"),
        ("question", "Who should not have it?"),
        ("answer", "Anyone with an illness that co"),
        ("question", "Do I need a second session?"),
        ("answer", "About one person in three book"),
    ]


@pytest.mark.parametrize(
    "junk",
    [
        '<nav><ul><li><a href="/">Home</a></li></ul></nav>',
        '<div class="cookie-notice"><p>We use cookies to make this page better for you and for us.</p></div>',
        '<div id="comments"><p>Anna: I had it done last year and would do it again at any time.</p></div>',
        '<section class="relatedPosts"><h3>You may like</h3><p>Ten things to know of the sun.</p></section>',
        '<div class="social-share"><p>Share this with all your friends and with your family.</p></div>',
        '<div class="newsletter"><p>Get our best tips into your inbox, every month and for free.</p></div>',
        '<p style="display: none">Hidden words of no use to anyone who reads.</p>',
        "<footer><p>All rights reserved by the clinic on the pier, since 1999.</p></footer>",
        "<script>document.write('<p>written by a script of the page</p>')</script>",
    ],
)
def test_what_stands_around_the_text_is_left_out(junk):
    assert page(f"{junk}<h2>Then</h2><p>You go home.</p>") == [("heading", "Then"), ("paragraph", "You go home.")]


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


QUESTION = '{"@type": "Question", "name": "Is it safe?", "acceptedAnswer": {"text": "Yes &amp; no."}}'


@pytest.mark.parametrize(
    "data",
    [
        f'{{"@type": "FAQPage", "mainEntity": [{QUESTION}]}}',
        f'{{"@type": "FAQPage", "mainEntity": {QUESTION}}}',
        f'[{{"@graph": [{{"@type": "FAQPage", "mainEntity": [{QUESTION}, {QUESTION}]}}]}}]',
        f'<!-- {{"mainEntity": {{"mainEntity": {QUESTION}}}}} -->',
    ],
)
def test_data_for_search_engines(data):
    assert page("", ld(data)) == [("question", "Is it safe?"), ("answer", "Yes & no.")]


@pytest.mark.parametrize("data", ["{", "[" * 100_000, "nonsense", '{"@type": "Question", "name": 5}', "null"])
def test_data_that_says_nothing(data):
    assert page("", ld(data)) == []


def test_a_question_that_is_a_heading_is_marked_where_it_stands():
    body = "<h3>Is it safe?</h3><p>Yes &amp; no.</p><h3>Next</h3><p>Go on.</p>"
    assert page(body, ld(QUESTION)) == [
        ("question", "Is it safe?"), ("answer", "Yes & no."), ("heading", "Next"), ("paragraph", "Go on."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Botox | Pier Clinic</title>", "<h1>Botox</h1>", "Botox"),
        ("<title>Pier Clinic - Botox</title>", "<h1>Botox</h1>", "Botox"),
        ("<title>Botox - prices</title>", "", "Botox - prices"),
        ('<meta property="og:site_name" content="Pier"><title>Botox | Pier</title>', "<h1>Pier</h1>", "Botox"),
        ('<meta property="og:title" content="All on Botox"><title>x</title>', "", "All on Botox"),
    ],
)
def test_titles(head, body, title):
    html = f"<html><head>{head}</head><body>{body}{FILLER}</body></html>"
    assert reader.parse(html).title == title


def test_a_page_of_one_encoding_is_read_by_its_own_word(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(f'<html><meta charset="windows-1251"><p>Лазер</p>{FILLER}</html>'.encode("cp1251"))
    assert reader.read(path).blocks[0].text == "Лазер"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "<p>Deep.</p>" + "</div>" * 10_000,
        "<p>Open <b>all <i>the <table><tr><td>way</p></div></table>" * 300,
        "<html><body>" + "<p>&lol;&#x110000;&#xD800;&amp;</p>" * 300,
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><html><body><p>Text &b;</p></body></html>',
        "<html><p>" + "x" * 1_000_000,
        "<p>\ufffe&#1;&#x29fc;5&#x29fd;\x1b[2J<button>\x01</button>\x02</p>",
    ],
    ids=["nested", "broken", "entities", "expansion", "long", "controls"],
)
def test_pages_that_are_not_well_are_read(html):
    read = reader.parse(f"<html><body><p>It begins well.</p>{html}")
    assert read.blocks[0].text == "It begins well."


def test_a_page_without_a_main_text_is_read_whole_and_says_so(monkeypatch):
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    read = reader.parse("<html><nav>Home</nav><p>Outside.</p><main><p>Inside.</p></main></html>")
    assert ([block.text for block in read.blocks], read.notes) == (["Inside."], (webpage.NOT_FOUND,))


def test_lists_and_tables():
    tree = lxml_html.document_fromstring(
        "<ul><li>One<ul><li>Two</li></ul></li><li><p>Three</p><p>More.</p></li></ul>"
        "<table><tr><td>Only the look</td></tr></table>"
    )
    assert [(str(each.block.kind), each.block.level, each.block.text) for each in found_in(tree)] == [
        ("item", 1, "One"), ("item", 2, "Two"), ("item", 1, "Three"), ("paragraph", 1, "More."),
        ("paragraph", 0, "Only the look"),
    ]  # fmt: skip


def test_the_text_around_a_table_in_a_cell_is_read():
    tree = lxml_html.document_fromstring(
        "<table><tr><td>The loft is dry.</td><td>Hay:<table><tr><td>Bale</td><td>9</td></tr></table>It is sweet."
        "</td></tr><tr><td>The barn is old.</td><td>The roof is new.</td></tr></table>"
        "<table><tr><td>Oats</td><td>7</td></tr></table>"
    )
    assert [(str(each.block.kind), each.block.text) for each in found_in(tree)] == [
        ("paragraph", "The loft is dry."), ("paragraph", "Hay:"), ("row", "Bale | 9"),
        ("paragraph", "It is sweet."), ("paragraph", "The barn is old."), ("paragraph", "The roof is new."),
        ("row", "Oats | 7"),
    ]  # fmt: skip


def test_code_that_is_read_is_not_told_to_be_left_out():
    read, texts = whole(f"<h1>Footbath</h1><p>{WARM}</p><pre>fill --warm</pre><p>{TIRED}</p>")
    assert (texts, read.notes) == ([WARM, "fill --warm", TIRED], ())


def whole(body, head="<title>Footbath | Pier Clinic</title>"):
    read = reader.parse(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")
    return read, [block.text for block in read.blocks if block.kind is not Kind.HEADING or block.level > 1]


WARM = "A footbath warms the feet slowly, and with them the hands, since the vessels of both widen at the same time."
SALT = (
    "Salt does the water no harm, but it does the skin no good either, so that you may as well leave it in the kitchen."
)
TIRED = "Most people are pleasantly tired afterwards, which is why we give the last appointments of the day to them."
LISTED = f"""<h1>Footbath</h1><p>{WARM}</p><p>Please bring:</p>
    <ul><li><i class="tick"></i> a towel</li><li><i class="tick"></i> socks</li></ul>
    <div class="row"><h3><i class="icon"></i>Is salt needed?</h3></div><p>{SALT}</p><p>{TIRED}</p>
    <p>Stay away with:</p><ul><li><i class="tick"></i> open wounds</li><li><i class="tick"></i> a fever</li></ul>"""
READ = [
    WARM,
    "Please bring:",
    "a towel",
    "socks",
    "Is salt needed?",
    SALT,
    TIRED,
    "Stay away with:",
    "open wounds",
    "a fever",
]
MENU = "<ul>{}</ul>".format(
    "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "Our baths", "Prices"))
)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<main>{}</main>",
        '<div class="page"><div class="menu-top">{menu}</div><div class="text">{}</div></div>',
        '<form action="/page.aspx" method="post"><div>{menu}</div><div class="text">{}</div></form>',
        "<nav><ul><li><a href='/'>Home</a></li></ul><div>{}</div>",
        "<div><header>Call us on weekdays</header>{}</div>",
        "<aside>{}</aside>",
        "<main><aside>{}</aside></main>",
        '<div role="complementary"><article>{}</article></div>',
    ],
)
def test_lists_and_headings_among_the_text_are_read_whatever_holds_it(around):
    read, texts = whole(around.format(LISTED, menu=MENU))
    assert (read.title, texts) == ("Footbath", READ)


@pytest.mark.parametrize(
    "beside",
    [
        f"<div>{MENU}</div>",
        '<p><a href="/baths">Back to all of our baths</a></p>',
        '<div class="entry-tags"><p>Feet, water</p></div>',
        '<h3><a href="/sauna">Ten good reasons to sit in a sauna</a></h3><p><a href="/sauna">Go to the sauna</a></p>',
        '<ul><li><h3>Stones</h3><p>They come from a brook behind our house.</p><a href="/x">Read more</a></li></ul>',
        '<form action="/search"><p>What are you looking for?</p></form>',
        "<aside><p>The pier is closed on Mondays.</p></aside>",
    ],
    ids=["menu", "button", "tags", "announcement", "teaser", "form", "aside"],
)
def test_what_stands_among_the_text_and_is_none_is_left_out_with_a_note(beside):
    row = '<div class="row">'
    read, texts = whole(f"<main>{LISTED.replace(row, beside + row)}</main>")
    assert texts == READ
    assert [note.partition(":")[0] for note in read.notes] == ["Left out among the text of the page"]


def test_links_that_a_sentence_introduces_and_contacts_are_text():
    links = MENU.replace("Home", "Hay bath")
    _, texts = whole(f'<main>{LISTED}<p>{WARM} These are related:</p>{links}<p><a href="tel:5">Call 5</a></p></main>')
    assert texts == [*READ, f"{WARM} These are related:", "Hay bath", "Our baths", "Prices", "Call 5"]


def test_a_section_that_ends_with_a_link_to_more_and_an_address_that_is_a_link_are_text():
    more = f'<div><h3>Cold feet</h3><p>{SALT}</p><p><a href="/cold">Read more about cold feet.</a></p></div>'
    _, texts = whole(
        f'<main>{LISTED}{more}<p>Home page: <a href="https://pier.example">https://pier.example</a></p></main>'
    )
    assert [text for text in texts if text not in READ] == ["Cold feet", "Home page: https://pier.example"]
    assert texts.count(SALT) == 2


def test_a_section_that_an_aside_marks_stays_where_it_is_all_of_an_article():
    rules = "<article><aside><h2>Hygiene</h2><p>Wash them first.</p></aside></article>"
    split = LISTED.replace("<p>Stay", "</article><article><p>Stay").replace(
        f"<p>{SALT}", f"</article><article><p>{SALT}"
    )
    assert whole(f"<section><article>{split}</article>{rules}</section>")[1] == [*READ, "Hygiene", "Wash them first."]


def test_a_table_of_contents_is_left_out():
    contents = '<ul><li><a href="#a">Is salt needed?</a></li><li><a href="#b">Cold feet</a></li></ul>'
    _, texts = whole(f"<main>{contents}{LISTED}<h3 id='b'>Cold feet</h3><p>{SALT}</p></main>")
    assert texts == [*READ, "Cold feet", SALT]


def test_an_overview_of_texts_that_go_on_elsewhere_is_read():
    told = [f"{name} {WARM[2:]}" for name in ("Footbath", "Armbath", "Haybath")]
    cards = "".join(f'<div><p>{text}</p><a href="/more">Read more</a></div>' for text in told)
    assert whole(f"<main><h1>Our baths</h1>{cards}</main>")[1] == told


def test_the_name_of_the_site_is_no_title():
    read, texts = whole(
        f'<header><h1><a href="/">Pier Clinic</a></h1></header><div>{LISTED}</div>', "<title>Pier Clinic | Home</title>"
    )
    assert (read.title, texts) == ("Footbath", READ)


@pytest.mark.parametrize(
    "head", ["<thead><tr><td>Bath</td><td>Price</td></tr></thead>", "<tr><th>Bath</th><th>Price</th></tr>"]
)
def test_the_first_row_of_a_table_is_its_heading(head):
    tree = lxml_html.document_fromstring(f"<table>{head}<tbody><tr><th>Hay</th><td>9</td></tr></tbody></table>")
    assert [(each.block.cells, each.block.header) for each in found_in(tree)] == [
        (("Bath", "Price"), True),
        (("Hay", "9"), False),
    ]
