"""The Quality tab: known questions are asked, and what came of it is shown beside the last run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import partial
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
from qa.surfaces.web.library import OPENING, Drawing, refreshed
from qa.surfaces.web.library_view import LibraryDeed, told
from qa.surfaces.web.library_work import received, work
from qa.surfaces.web.quality_questions import QuestionSet, question_sets
from qa.surfaces.web.quality_reports import Kept, Reports
from qa.surfaces.web.window import QUIET, Window

if TYPE_CHECKING:
    import gradio as gr

_FOLDER = Path(__file__).parent
MOST = 20 * 2**20  # bytes of a question file


@dataclass(frozen=True, slots=True)
class QualityView:
    """The collection and the questions that are chosen, and what is to be said.

    `asked`: how many questions of a running evaluation have been asked, and of how many.
    """

    chosen: str = ""
    questions: str = ""
    said: str = ""
    error: str = ""
    asked: tuple[int, int] | None = None

    def after(self, deed: LibraryDeed) -> QualityView:
        """The view after something was chosen or started."""
        settled = replace(self, said="", error="")
        if deed.name == "choose":
            return replace(settled, chosen=deed.words, questions="")
        if deed.name == "set":
            return replace(settled, questions=deed.words)
        return replace(settled, asked=(0, 0)) if deed.name == "run" else settled


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

    def draw(view: QualityView) -> list[Any]:
        report = quality_html.report(quality.latest(view))
        return [quality.bar(view), *draw_work(view)[1:2], report, gr.skip()]

    def draw_work(view: QualityView) -> list[Any]:
        work = "" if view.asked is None else quality_html.asking(*view.asked)
        return [gr.skip(), work, gr.skip(), gr.skip()]

    def redraw(now: Window[QualityView]) -> Drawing:
        now.change(replace)
        yield from now.drawn(draw)

    def act(now: Window[QualityView], event: Any) -> Drawing:
        deed = LibraryDeed.of(event._data)
        if deed.name == "save":
            yield [*[gr.skip()] * 3, parcel(quality.page(now.shown), next(parcels))]
        _, view = now.change(partial(QualityView.after, deed=deed))
        yield from now.drawn(draw)
        if deed.name == "run":
            yield from run(now, view)

    def run(now: Window[QualityView], view: QualityView) -> Drawing:
        for said in work(lambda progress: quality.run(view, progress)):
            if isinstance(said, dict):
                now.change(partial(replace, asked=said.get("asking", (0, 0))))
                yield from now.drawn(draw_work)
            else:
                error = told(said) if isinstance(said, QAError) else ""
                now.change(partial(replace, asked=None, error=error))
        yield from now.drawn(draw)

    def bring(now: Window[QualityView], event: Any) -> Drawing:
        uploads, unsent = received(event._data, Path(get_upload_folder()), MOST)
        try:
            if unsent:
                raise InputError(f"{unsent[0].name} {unsent[0].reason}", hint=unsent[0].hint)
            if not uploads:
                raise InputError("no file arrived", hint="send it again")
            count = quality.bring(now.shown, uploads[0].path)
            brought: dict[str, Any] = {
                "questions": "brought",
                "error": "",
                "said": f"{count:,} questions.",
            }
        except QAError as error:
            said = told(error).replace(str(uploads[0].path), uploads[0].name) if uploads else ""
            brought = {"said": "", "error": said or told(error)}
        finally:
            for upload in uploads:
                upload.path.unlink(missing_ok=True)
        now.change(lambda view: replace(view, **brought))
        yield from now.drawn(draw)

    window = gr.State(Window(QualityView()))
    with gr.Column(elem_classes="qa-page"):
        gr.HTML(quality_html.style(), js_on_load=None, elem_classes="qa-hidden")
        top = html("qa-shelf", "library.js", OPENING)
        said = html("qa-told", "library.js")
        below = html("qa-list", "library.js")
        courier = html("qa-courier", "courier.js")
    act.__annotations__ = bring.__annotations__ = {"event": gr.EventData}
    outputs = [top, said, below, courier]
    gr.on([top.click, below.click], act, window, outputs, concurrency_limit=4, **QUIET)
    top.upload(bring, window, outputs, **QUIET)
    refreshed(redraw, window, outputs)


def parcel(page: str, number: int) -> str:
    """A file for the browser to save (see courier.js), numbered, for it is told only of news."""
    return (
        f'<div hidden data-number="{number}" data-name="report.html" data-type="text/html">'
        f"{escape(page)}</div>"
    )
