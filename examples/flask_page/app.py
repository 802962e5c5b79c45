"""A Flask page that answers from articles: `python examples/flask_page/app.py`.

Then open http://127.0.0.1:5000. Another index than that of the bundled articles: name its folder.
"""

import sys
from pathlib import Path

from flask import Flask, render_template, request

import qa

ROOT = Path(__file__).parents[2]


def create_app(bot: qa.Bot) -> Flask:
    """The page over `bot`, which all threads of the server share."""
    app = Flask(__name__)

    @app.get("/")
    def page() -> str | tuple[str, int]:
        question = request.args.get("question", "").strip()
        if not question:
            return render_template("page.html")
        try:
            answer = bot.ask(question)
        except qa.InputError as error:
            return render_template("page.html", question=question, error=error), 422
        return render_template("page.html", question=question, answer=answer)

    @app.template_test()
    def web_address(url: str | None) -> bool:
        """Whether a link may lead there: what an article names as its address may be a script."""
        return (url or "").startswith(("http://", "https://"))

    return app


def open_bot(index: Path) -> qa.Bot:
    """The bot over `index`; the bundled articles are indexed there where there is none."""
    try:
        return qa.open(index)
    except qa.IndexNotFoundError:
        return qa.build(ROOT / "corpus", index)


if __name__ == "__main__":
    index = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "index"
    create_app(open_bot(index)).run(port=5000)
