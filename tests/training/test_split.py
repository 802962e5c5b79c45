"""What is held aside for calibration: whole articles, by title, the same in every run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.training.invented import squad_of
from training.split import HELD_ASIDE, for_calibration, for_training, is_held_aside


@given(st.lists(st.text(max_size=8), max_size=30))
def test_every_paragraph_and_question_is_on_one_side(titles: list[str]) -> None:
    squad = squad_of(*[(title, "Robots danced.", [("Who?", "Robots")]) for title in titles])
    training, aside = for_training(squad), for_calibration(squad)
    together = {document.id for document in (*training.documents, *aside.documents)}
    assert together == {document.id for document in squad.documents}
    assert not {d.title for d in training.documents} & {d.title for d in aside.documents}
    for part in (training, aside):
        assert [q.doc_id for q in part.questions] == [d.id for d in part.documents]
    assert len(training.questions) + len(aside.questions) == len(squad.questions)


def test_the_same_articles_in_every_run() -> None:
    aside = [number for number in range(100) if is_held_aside(f"Article {number}")]
    assert aside == [2, 4, 6, 17, 37, 46, 47, 59]


def test_one_article_in_sixteen() -> None:
    titles = [f"Article {number}" for number in range(4000)]
    share = sum(is_held_aside(title) for title in titles) / len(titles)
    assert abs(share - 1 / HELD_ASIDE) < 0.01
