"""What each route answers where nothing is wrong."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

import qa
from qa.answerer import Turn
from qa.present import answer_to_dict, hit_to_dict
from qa.quote import quote_check_to_dict
from qa.verify import verification_to_dict
from tests.conftest import ROOT
from tests.http.conftest import ARTICLES, SIGNED, UNKNOWN, serving

CONTRACT = Draft202012Validator(json.loads((ROOT / "qa/answer.schema.json").read_text("utf-8")))


def post(client: TestClient, path: str, body: Any) -> Any:
    response = client.post(path, json=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    return response.json()


def in_json(value: Any) -> Any:
    """The value as it comes back: JSON knows lists alone."""
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("question", [SIGNED, UNKNOWN, "机器人\x00 🤖?"])
def test_an_answer_is_what_python_gives(client: TestClient, bot: qa.Bot, question: str) -> None:
    answer = post(client, "/v1/ask", {"question": question})
    CONTRACT.validate(answer)
    assert answer == answer_to_dict(bot.ask(question))


def test_there_are_answers_and_refusals(client: TestClient) -> None:
    answer = post(client, "/v1/ask", {"question": SIGNED})
    assert answer["answer"] == "The 2019 expo signed 530 projects."
    refusal = post(client, "/v1/ask", {"question": UNKNOWN})
    assert (refusal["answer"], refusal["citations"]) == (None, [])
    assert refusal["signal"]


def test_text_is_sent_in_utf_8(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "机器人 danced there?"})
    assert "机器人 🤖".encode() in response.content


def test_a_threshold_is_for_one_question_alone(client: TestClient) -> None:
    low = post(client, "/v1/ask", {"question": UNKNOWN, "threshold": 0})
    assert low["answer"]
    high = post(client, "/v1/ask", {"question": SIGNED, "threshold": 1})
    assert high["answer"] is None
    assert post(client, "/v1/ask", {"question": SIGNED})["answer"]


def test_history_goes_to_the_bot(client: TestClient, bot: qa.Bot) -> None:
    history: list[Turn] = [
        "What is Lijia park?",
        {"question": SIGNED, "answer": "530"},
        {"question": "And what did robots do?"},
    ]
    question = "When did it open?"
    answer = post(client, "/v1/ask", {"question": question, "history": history})
    assert answer == answer_to_dict(bot.ask(question, history))


def test_a_batch_is_answered_in_order(client: TestClient, bot: qa.Bot) -> None:
    lines = [{"id": "b", "question": SIGNED}, {"id": 1, "question": UNKNOWN, "history": [SIGNED]}]
    answers = post(client, "/v1/ask/batch", {"questions": lines})["answers"]
    for answer in answers:
        CONTRACT.validate(answer)
    assert answers == [
        {"id": "b", **answer_to_dict(bot.ask(SIGNED))},
        {"id": 1, **answer_to_dict(bot.ask(UNKNOWN, [SIGNED]))},
    ]
    high = post(client, "/v1/ask/batch", {"questions": lines, "threshold": 1})["answers"]
    assert [answer["answer"] for answer in high] == [None, None]
    assert post(client, "/v1/ask/batch", {"questions": []}) == {"answers": []}


def test_a_search_brings_up_passages(client: TestClient, bot: qa.Bot) -> None:
    found = post(client, "/v1/search", {"query": "robots danced", "passages": 2})
    hits = bot.retrieve("robots danced", passages=2)
    assert found == {"hits": [hit_to_dict(hit) for hit in hits]}
    assert len(found["hits"]) == 2
    assert len(post(client, "/v1/search", {"query": "robots"})["hits"]) == len(ARTICLES)


def test_an_answer_is_verified(client: TestClient, bot: qa.Bot) -> None:
    answer = answer_to_dict(bot.ask(SIGNED))
    found = post(client, "/v1/verify", answer)
    assert found == in_json(verification_to_dict(bot.verify(answer)))
    assert found["ok"]
    answer["citations"][0]["doc_id"] = "gone.md"
    found = post(client, "/v1/verify", {"id": 5, **answer})
    assert (found["ok"], found["checks"][0]["verdict"]) == (False, "missing")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("signed 530 projects", "exact"),
        ("Signed  530 projects", "normalised"),
        ("The 2019 expo signed 503 projects.", "nearest"),
        ("An umbrella was invented.", "absent"),
    ],
)
def test_a_quote_is_verified(client: TestClient, bot: qa.Bot, text: str, match: str) -> None:
    found = post(client, "/v1/quote", {"text": text})
    assert found == in_json(quote_check_to_dict(bot.verify_quote(text)))
    assert found["match"] == match
    elsewhere = post(client, "/v1/quote", {"text": text, "doc_id": "park.txt"})
    assert elsewhere["match"] == "absent"


def test_documents_are_listed_page_by_page(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert [each["id"] for each in listed["documents"]] == [each.id for each in ARTICLES]
    assert (listed["total"], listed["next"]) == (len(ARTICLES), None)
    assert listed["documents"][0] == {
        "id": "expo/2019.md",
        "title": "The expo of 2019",
        "url": "https://example.org/2019",
        "date": "2019-08-29",
        "characters": 64,
    }
    ids: list[str] = []
    after: dict[str, str] = {}
    while len(ids) < 10:
        page = client.get("/v1/documents", params={"limit": 1, **after}).json()
        assert (len(page["documents"]), page["total"]) == (1, len(ARTICLES))
        ids += [each["id"] for each in page["documents"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert ids == [each.id for each in ARTICLES]


@pytest.mark.parametrize(
    ("after", "first"), [("", 0), ("expo/2019.md", 1), ("f", 1), ("scan.pdf", None), ("zzz", None)]
)
def test_a_page_begins_after_any_text(client: TestClient, after: str, first: int | None) -> None:
    page = client.get("/v1/documents", params={"after": after}).json()
    ids = [each.id for each in ARTICLES]
    assert [each["id"] for each in page["documents"]] == (ids[first:] if first is not None else [])
    assert page["next"] is None


@pytest.mark.parametrize("document", ARTICLES, ids=lambda document: document.id)
def test_a_document_is_read_by_its_id(client: TestClient, document: qa.Document) -> None:
    for path in (document.id, quote(document.id, safe="")):
        shown = client.get(f"/v1/documents/{path}").json()
        assert shown["text"] == document.text
        assert shown["text_sha256"] == sha256(document.text.encode()).hexdigest()
        assert shown["source_sha256"] == document.source_sha256
        assert shown["page_starts"] == list(document.page_starts)
        assert len(shown["sources"]) == len(document.sources)


def test_a_citation_can_be_checked_by_its_reader(client: TestClient) -> None:
    citation = post(client, "/v1/ask", {"question": SIGNED})["citations"][0]
    document = client.get(f"/v1/documents/{citation['doc_id']}").json()
    assert document["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert document["text_sha256"] == citation["text_sha256"]


@pytest.mark.parametrize("doc_id", ["", "/", "a b?#%", "../etc/passwd", "机器人 🤖", "<b>"])
def test_any_id_can_be_read(doc_id: str) -> None:
    from tests.fakes import WordEncoder
    from tests.readers import OverlapReader

    document = qa.Document(doc_id, "Strange", "Some text.")
    bot = qa.build([document], encoder=WordEncoder(), reader=OverlapReader())
    with serving(bot) as client:
        shown = client.get(f"/v1/documents/{quote(doc_id, safe='')}")
        assert (shown.status_code, shown.json()["text"]) == (200, "Some text.")


def test_how_the_service_is(client: TestClient, bot: qa.Bot) -> None:
    assert client.get("/v1/health").json() == {"status": "live"}
    assert client.get("/v1/ready").json() == {
        "status": "ready",
        "documents": len(ARTICLES),
        "passages": len(bot.index.passages),
        "build_id": None,
    }
