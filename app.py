"""The web chat over the bundled articles: `python app.py`, then open http://127.0.0.1:7860."""

import sys
from pathlib import Path

import qa
from qa.surfaces.web import serve

HERE = Path(__file__).parent
EXAMPLES = (
    "How many projects were signed at the 2019 expo?",
    "When was the first Smart China Expo held?",
    "What did robots do at the opening ceremony?",
    "What is Lijia Smart Park?",
)


def main() -> None:
    try:
        bot = qa.open(HERE / "index")
    except qa.IndexNotFoundError:
        bot = qa.build(HERE / "corpus", HERE / "index")
    serve(bot, examples=EXAMPLES)


if __name__ == "__main__":
    try:
        main()
    except qa.QAError as error:
        sys.exit(f"{error}\n{error.hint}")
