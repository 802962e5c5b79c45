"""The Quality tab: known questions are asked, and what came of it is shown beside the last run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from qa.errors import InputError, QAError
from qa.evaluation.page import report_page
from qa.evaluation.report import Report
from qa.evaluation.runner import evaluate
from qa.protocols import Progress
from qa.surfaces.web import quality_html
from qa.surfaces.web.collections import Collection, Collections
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.html import escape
from qa.surfaces.web.library import OPENING, refreshed
from qa.surfaces.web.library_view import LibraryDeed, told
from qa.surfaces.web.library_work import received, work
from qa.surfaces.web.quality_questions import QuestionSet, question_sets
from qa.surfaces.web.quality_reports import Kept, Reports

if TYPE_CHECKING:
    import gradio as gr

_FOLDER = Path(__file__).parent
MOST = 20 * 2**20  # bytes of a question file


@dataclass(frozen=True, slots=True)
class QualityView:
    """The collection and the questions that are chosen, and what is to be said."""

    chosen: str = ""
    questions: str = ""
    said: str = ""
    error: str = ""


class Quality:
    """What the tab does, apart from how it is shown. One evaluation runs at a time."""

    def __init__(self, collections: Collections, feedback: Feedback) -> None:
        self.collections = collections
        self._feedback = feedback
        self._running = Lock()
        self._drawn = count(1)

    def shown(self, view: QualityView) -> Collection | None:
        """The collection that is chosen while it is there, else the first."""
        every = self.collections.all()
        return next((c for c in every if c.id == view.chosen), every[0] if every else None)

    def bar(self, view: QualityView) -> str:
        """The upper part of the tab."""
        shown, error, sets = self.shown(view), view.error, list[QuestionSet]()
        if shown is not None and shown.problem is None:
            try:
                sets = question_sets(self.collections, self._feedback, shown.id)
            except QAError as refused:
                error = told(refused)
        elif shown is not None:
            error = shown.problem or ""
        return quality_html.bar(
            self.collections.all(),
            shown,
            sets,
            view.questions,
            writable=self.collections.writable,
            said=view.said,
            error=error,
            number=next(self._drawn),
        )

    def latest(self, view: QualityView) -> list[Kept]:
        """The two newest reports on the collection shown."""
        shown = self.shown(view)
        folder = None if shown is None else self._folder(shown.id)
        return [] if folder is None else Reports(folder).latest()

    def page(self, view: QualityView) -> str:
        """The newest report as a page that stands by itself; empty where there is none."""
        latest = self.latest(view)
        if not latest:
            return ""
        return report_page(latest[0].report, comparison=quality_html.compared(latest))

    def bring(self, view: QualityView, path: Path) -> int:
        """Take a question file for the collection shown. Raises InputError with what is wrong."""
        return self._reports(view).bring(path)

    def run(self, view: QualityView, progress: Progress) -> Report:
        """Ask the chosen questions, keep the report and return it.

        Raises QAError where there are none, or another evaluation is running.
        """
        reports, shown = self._reports(view), self.shown(view)
        if shown is None or not self._running.acquire(blocking=False):
            raise QAError(
                "an evaluation is running already", hint="wait until it has ended, then try again"
            )
        try:
            sets = question_sets(self.collections, self._feedback, shown.id)
            usable = [one for one in sets if one.questions]
            if not usable:
                raise QAError("there are no questions to ask", hint="bring some first")
            chosen = next((one for one in usable if one.id == view.questions), usable[0])
            bot, total = self.collections.bot(shown.id), len(chosen.questions)
            report = evaluate(
                bot, chosen.questions, progress=lambda done: progress("asking", done, total)
            )
            run = {"name": chosen.name, "collection": shown.id, "policy": asdict(bot.policy)}
            report = replace(report, run={**run, "index": bot.index.build_id})
            reports.save(report)
            return report
        finally:
            self._running.release()

    def _folder(self, collection_id: str) -> Path | None:
        try:
            return self.collections.reports(collection_id)
        except QAError:
            return None  # it is gone, and its reports with it

    def _reports(self, view: QualityView) -> Reports:
        shown = self.shown(view)
        folder = None if shown is None else self._folder(shown.id)
        if folder is None or not self.collections.writable:
            raise InputError(
                "evaluations cannot be started here",
                hint="whoever started this server can allow it",
            )
        return Reports(folder)


def build_quality(collections: Collections, feedback: Feedback | None = None) -> None:
    """Make the tab inside the current block."""
    import gradio as gr
    from gradio.utils import get_upload_folder

    quality, parcels = Quality(collections, feedback or Feedback(None)), count(1)

    def html(name: str, script: str, value: str = "") -> gr.HTML:
        javascript = (_FOLDER / script).read_text(encoding="utf-8")
        return gr.HTML(value, js_on_load=javascript, elem_classes=name, apply_default_css=False)

    def drawn(view: QualityView) -> tuple[str, str]:
        return quality.bar(view), quality_html.report(quality.latest(view))

    def act(view: QualityView, event: Any) -> Iterator[tuple[Any, ...]]:
        deed = LibraryDeed.of(event._data)
        view = replace(view, said="", error="")
        if deed.name == "run":
            yield from asked(view)
        elif deed.name == "save":
            yield (
                view,
                quality.bar(view),
                gr.skip(),
                gr.skip(),
                parcel(quality.page(view), next(parcels)),
            )
        else:
            if deed.name == "choose":
                view = QualityView(deed.words)
            elif deed.name == "set":
                view = replace(view, questions=deed.words)
            top_html, report_html = drawn(view)
            yield view, top_html, "", report_html, gr.skip()

    def asked(view: QualityView) -> Iterator[tuple[Any, ...]]:
        yield view, gr.skip(), quality_html.asking(0, 0), gr.skip(), gr.skip()
        for said in work(lambda progress: quality.run(view, progress)):
            if isinstance(said, dict):
                counts = said.get("asking", (0, 0))
                yield *[gr.skip()] * 2, quality_html.asking(*counts), *[gr.skip()] * 2
            elif isinstance(said, QAError):
                failed = replace(view, error=told(said))
                yield failed, quality.bar(failed), "", gr.skip(), gr.skip()
            else:
                top_html, report_html = drawn(view)
                yield view, top_html, "", report_html, gr.skip()

    def bring(view: QualityView, event: Any) -> tuple[Any, ...]:
        uploads, unsent = received(event._data, Path(get_upload_folder()), MOST)
        try:
            if unsent:
                raise InputError(f"{unsent[0].name} {unsent[0].reason}", hint=unsent[0].hint)
            if not uploads:
                raise InputError("no file arrived", hint="send it again")
            count = quality.bring(view, uploads[0].path)
            view = replace(view, questions="brought", error="", said=f"{count:,} questions.")
        except QAError as error:
            said = told(error).replace(str(uploads[0].path), uploads[0].name) if uploads else ""
            view = replace(view, said="", error=said or told(error))
        finally:
            for upload in uploads:
                upload.path.unlink(missing_ok=True)
        return view, *drawn(view)

    view = gr.State(QualityView())
    with gr.Column(elem_classes="qa-page"):
        gr.HTML(quality_html.style(), js_on_load=None, elem_classes="qa-hidden")
        top = html("qa-shelf", "library.js", OPENING)
        said = html("qa-told", "library.js")
        below = html("qa-list", "library.js")
        courier = html("qa-courier", "courier.js")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    act.__annotations__ = bring.__annotations__ = {"event": gr.EventData}
    outputs = [view, top, said, below, courier]
    gr.on([top.click, below.click], act, [view], outputs, concurrency_limit=4, **quiet)
    top.upload(bring, [view], [view, top, below], **quiet)
    refreshed(drawn, [view], [top, below])


def parcel(page: str, number: int) -> str:
    """A file for the browser to save (see courier.js), numbered, for it is told only of news."""
    return (
        f'<div hidden data-number="{number}" data-name="report.html" data-type="text/html">'
        f"{escape(page)}</div>"
    )
