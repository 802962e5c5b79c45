"""The certificate: what it shows, that it shows it safely, and that its commands work."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given

from qa.certificate import VERDICTS, certificate
from qa.types import Answer, Document
from qa.verify import Verdict, verify
from tests.evaluation.pages import Reading
from tests.proofs import ANSWER, CITATION, DOCUMENTS, REFUSAL, WARRANTY, article, cited, rewritten
from tests.texts import articles
from tests.web.fakes import HOSTILE

SETTINGS = {"footnote-qa": "0.1.0", "encoder": {"name": "words", "sha256": "0" * 64}}


def page_of(
    answer: Answer, documents: Mapping[str, Document] = DOCUMENTS, name: str = "proof.html"
) -> str:
    found = verify(answer, documents)
    return certificate(
        answer, found, documents, settings=SETTINGS, checked="2026-11-22 10:00 UTC", name=name
    )


EDITED = rewritten(WARRANTY.text.replace("24", "36"))
MOVED = rewritten("A new line.\n" + WARRANTY.text)


def test_question_answer_sources_sums_and_settings_are_there() -> None:
    page = page_of(ANSWER)
    read = Reading(page)
    assert read.texts("h1") == ["When does the warranty end?"]
    assert "Looked up as: When does the warranty of a robot end?" in read.texts("p")
    assert read.texts("p", "words") == ["24 months"]
    assert read.texts("p", "verdict") == [
        "Both citations hold: the words stand where the answer says they do."
    ]
    assert read.texts("blockquote") == [CITATION.quote, "Others say that it ends after 36 months."]
    assert "".join(read.texts("div", "text")) == WARRANTY.text + DOCUMENTS["other.txt"].text
    for digest in (WARRANTY.source_sha256, "0" * 64):
        assert digest is not None
        assert digest in page
    assert "2026-11-22 10:00 UTC" in read.texts("dd")


def test_the_answer_is_marked_in_its_quote_in_the_text() -> None:
    read = Reading(page_of(ANSWER))
    assert read.texts("mark", "answer") == ["24 months", "36 months", "24 months", "36 months"]
    assert "".join(read.texts("mark", "quote")).startswith("The warranty of a robot ends after")


@pytest.mark.parametrize(
    ("documents", "verdict"),
    [
        (EDITED, "edited"),
        (MOVED, "moved"),
        ({}, "missing"),
        (rewritten("x" + WARRANTY.text, extracted=True), "extracted-differently"),
    ],
)
def test_what_no_longer_holds_is_said_in_plain_sight(
    documents: Mapping[str, Document], verdict: Verdict
) -> None:
    read = Reading(page_of(replace(ANSWER, alternatives=()), documents))
    assert read.texts("p", "verdict") == ["Not verified. 0 of 1 citation hold; see why."]
    assert read.texts("li", "failed")[0].startswith(VERDICTS[verdict])
    assert read.texts("strong")[1:] == [VERDICTS[verdict]]


def test_a_citation_that_contradicts_itself_is_shown_as_it_is() -> None:
    for changes in ({"answer_start": 0}, {"end": 10**30}, {"start": 10**20, "end": 5}):
        answer = replace(ANSWER, citations=(replace(CITATION, **changes),))  # type: ignore[arg-type]
        read = Reading(page_of(answer))
        assert read.texts("li", "failed")[0].startswith("contradictory")


def test_an_edit_shows_both_figures() -> None:
    read = Reading(page_of(ANSWER, EDITED))
    assert read.texts("del") == ["24"]
    assert read.texts("ins") == ["36"]
    assert read.texts("mark", "near") == [CITATION.quote.replace("24", "36")]
    assert "… when it was cited" in read.texts("dt")


def test_a_quote_that_moved_is_marked_where_it_stands_now() -> None:
    read = Reading(page_of(ANSWER, MOVED))
    assert read.texts("mark", "answer")[2] == "24 months"


def test_a_refusal_says_why_and_what_was_considered() -> None:
    read = Reading(page_of(REFUSAL))
    assert read.texts("p", "words") == ["The articles do not say."]
    assert "Nothing convinces." in read.texts("p")
    assert "Considered, and not given" in read.texts("h2")
    silent = Reading(page_of(replace(REFUSAL, rejected=None)))
    assert silent.texts("p", "verdict") == ["Nothing is cited, so there is nothing to check."]
    assert "Sources" not in silent.texts("h2")


def test_a_conflict_shows_every_side_alike() -> None:
    read = Reading(page_of(replace(ANSWER, conflict=True)))
    assert read.texts("p", "conflict") == ["Sources give different figures."]
    sides = [ANSWER.text, *(other.text for other in ANSWER.alternatives)]
    assert read.texts("p", "words") == sides
    assert "Other possible answers" not in read.texts("h2")


def test_long_documents_are_folded_around_what_is_cited() -> None:
    filler = "A sentence about robots and halls.\n" * 200
    document = article(filler + WARRANTY.text + filler)
    start = document.text.index("The warranty of a robot")
    citation = cited(
        document,
        "The warranty of a robot ends after ",
        "24 months",
        ".",
        above=document.text[:start],
    )
    answer = replace(ANSWER, citations=(citation,), alternatives=())
    page = page_of(answer, {document.id: document})
    read = Reading(page)
    assert "".join(read.texts("div", "text")) == document.text
    assert [s for s in read.texts("summary") if "more characters" in s] != []
    folded = re.findall(r"<details><summary>.*?</details>", page, re.DOTALL)
    assert len(folded) == 2
    assert not any("24 months" in part for part in folded)


def hostile_answer() -> tuple[Answer, dict[str, Document]]:
    document = replace(
        article(HOSTILE * 3, doc_id=f"{HOSTILE}.txt", title=HOSTILE),
        url=f"javascript:{HOSTILE}",
        date=HOSTILE,
    )
    citation = cited(document, "", HOSTILE, "")
    answer = replace(
        ANSWER,
        question=HOSTILE,
        resolved_question=HOSTILE * 2,
        text=HOSTILE,
        citations=(citation,),
        alternatives=(replace(ANSWER.alternatives[0], text=HOSTILE, citations=(citation,)),),
    )
    return answer, {document.id: document}


def test_hostile_text_is_only_shown() -> None:
    answer, documents = hostile_answer()
    harmless, attacked = Reading(page_of(ANSWER)), Reading(page_of(answer, documents))
    assert {tag for tag, _, _ in attacked.elements} <= {
        *(tag for tag, _, _ in harmless.elements),
        *("ul", "li", "del", "ins", "details", "summary"),
    }
    for tag, attributes, _ in attacked.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert not {"src", "srcset", "action", "style", "data"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
        assert tag != "script" or attributes["type"] == "application/json"
    assert attacked.texts("h1") == [HOSTILE]
    elsewhere = {k: replace(d, text="Nothing.") for k, d in documents.items()}
    assert Reading(page_of(answer, elsewhere)).texts("h1") == [HOSTILE]


def test_a_link_to_the_web_is_one_and_nothing_is_fetched() -> None:
    linked = replace(WARRANTY, url="https://example.org/?a=1&b='2'")
    read = Reading(page_of(ANSWER, {**DOCUMENTS, linked.id: linked}))
    links = [a["href"] for tag, a, _ in read.elements if tag == "a" and "href" in a]
    assert [link for link in links if link and not link.startswith("#")] == [linked.url]
    style = read.texts("style")[0]
    assert not re.search(r"//\w|url\(|@import|@font-face", style)
    [policy] = [
        a["content"] or "" for t, a, _ in read.elements if "http-equiv" in a and t == "meta"
    ]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_the_same_page_comes_of_the_same_answer() -> None:
    assert page_of(ANSWER) == page_of(ANSWER)


def commands(page: str) -> list[tuple[str, str]]:
    """What to type, and what is said to come out."""
    steps = re.findall(
        r'<pre class="command"[^>]*><code>(.*?)</code></pre>'
        r'<pre class="printed"[^>]*><samp>(.*?)</samp></pre>',
        page,
        re.DOTALL,
    )
    return [(unescape(command), unescape(printed)) for command, printed in steps]


def typed(command: str, folder: Path) -> str:
    """What comes out where a shell is given the command."""
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run(
        [shell, "-c", command], cwd=folder, capture_output=True, check=True, text=True
    )
    return done.stdout


NAMES = ["warranty.txt", "-n.md", 'it\'s $(touch pwned) `x`; "two".txt', "a&b <i>.md"]


@pytest.mark.parametrize("name", NAMES)
def test_the_commands_for_plain_files_work(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(WARRANTY.text.encode())
    document = replace(WARRANTY, id=name)
    citation = replace(CITATION, doc_id=name)
    answer = replace(ANSWER, citations=(citation,), alternatives=())
    steps = commands(page_of(answer, {name: document}))
    assert [printed for _, printed in steps] == [WARRANTY.source_sha256, CITATION.quote]
    for command, printed in steps:
        assert typed(command, tmp_path).split("  ")[0].rstrip("\n") == printed.rstrip("\n")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["proof.html", "it's a proof.html"])
@pytest.mark.parametrize("above", ["", "\x00\x0c\r\n</script><!--\u2028 🤖 \x1b", HOSTILE])
def test_the_commands_for_extracted_texts_work(name: str, above: str, tmp_path: Path) -> None:
    document = replace(article(above + WARRANTY.text, "w.pdf"), source_sha256="0" * 64)
    start = len(above) + CITATION.start
    citation = cited(
        document,
        "The warranty of a robot ends after ",
        "24 months",
        ".",
        above=document.text[:start],
    )
    answer = replace(ANSWER, citations=(citation,), alternatives=())
    page = page_of(answer, {document.id: document}, name)
    (tmp_path / name).write_text(page, encoding="utf-8", newline="")
    summed, (command, printed) = commands(page)
    assert summed == ("sha256sum -- w.pdf", "0" * 64)
    assert typed(command, tmp_path) == printed + "\n"
    assert printed == f"{citation.text_sha256}\n{citation.quote}"


def test_no_command_is_made_of_an_id_that_is_no_file() -> None:
    for doc_id in ("line-7", "a\nb.txt", "\x1b[31m.md"):
        document = replace(WARRANTY, id=doc_id)
        citation = replace(CITATION, doc_id=doc_id)
        answer = replace(ANSWER, citations=(citation,), alternatives=())
        assert not any(
            c.startswith("sha256sum") for c, _ in commands(page_of(answer, {doc_id: document}))
        )


@given(articles)
def test_every_text_is_shown_whole_and_can_be_taken_from_the_page(text: str) -> None:
    if not text:
        return
    document = replace(article(text, "a.html"), source_sha256=None)
    citation = cited(document, "", text, "")
    answer = replace(ANSWER, text=text, citations=(citation,), alternatives=())
    page = page_of(answer, {document.id: document})
    found = re.search(r"(?s)<script id=.text-1. [^>]*>(.*?)</script>", page)
    assert found is not None
    assert json.loads(found[1]) == text
    page.encode()


@pytest.mark.browser
def test_a_browser_shows_it_and_has_nothing_to_complain_of(tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    answer, documents = hostile_answer()
    noise: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        window = browser.new_page(viewport={"width": 360, "height": 800})
        window.on("console", lambda line: noise.append(line.text))
        window.on("pageerror", lambda error: noise.append(str(error)))
        window.on("request", lambda request: requests.append(request.url))
        for number, page in enumerate([page_of(ANSWER, EDITED), page_of(answer, documents)]):
            file = tmp_path / f"{number}.html"
            file.write_text(page, encoding="utf-8")
            window.goto(file.as_uri())
            expect(window.locator("h1")).to_have_count(1)
            assert window.evaluate("document.documentElement.scrollWidth") == 360
            assert window.evaluate("window.__pwned") is None
            window.locator('a[href="#c1"]').first.click()
            expect(window.locator(".text mark").first).to_be_in_viewport()
        browser.close()
    assert noise == []
    assert len(requests) == 2
