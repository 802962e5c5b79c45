"""Report word runs that the corpus articles share with the texts their facts come from.

Usage: python scripts/check_originality.py SOURCES [--corpus corpus] [--words 8]

SOURCES is a folder of plain-text files. Words are compared without regard to case and
punctuation, and front matter is left out. Each official name or title in ALLOWED counts as one
word, since an article has to print it as it stands. Exits with 1 when a run is found, with 2
when the input cannot be used.
"""

from __future__ import annotations

import argparse
import re
import sys
from itertools import takewhile
from pathlib import Path

ALLOWED = (
    # The expo's theme, in its two printed wordings.
    "Smart Technology: Empowering the Economy, Enriching Life",
    "Smart Technology: Empowering Economy, Enriching Life",
    # Bodies and events that have no other name.
    "Ministry of Industry and Information Technology",
    "Ministry of Science and Technology",
    "Ministry of Trade and Industry",
    "China Association for Science and Technology",
    "National Development and Reform Commission",
    "Cyberspace Administration of China",
    "Chinese Academy of Sciences",
    "Chinese Academy of Engineering",
    "Chongqing Liangjiang New Area Administrative Committee",
    "Chongqing Technology and Business University",
    "China-Shanghai Cooperation Organization Digital Economy Industry Forum",
    # Projects under their official names.
    "Tencent Cloud industrial Internet intelligent industry headquarter",
    "IAT Liangjiang international automobile R&D base",
)

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
Token = tuple[str, int]  # a case-folded word and the line it starts on


def words_of(text: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(text.casefold())]


NAMES = sorted((words_of(name) for name in ALLOWED), key=len, reverse=True)


def tokens_of(text: str, first_line: int = 1) -> list[Token]:
    """The words of a text with their line numbers, each allowed name joined into one word."""
    lines = enumerate(text.splitlines(), first_line)
    plain = [(word, number) for number, line in lines for word in words_of(line)]
    words = [word for word, _ in plain]
    joined: list[Token] = []
    at = 0
    while at < len(plain):
        size = next((len(name) for name in NAMES if words[at : at + len(name)] == name), 1)
        joined.append((" ".join(words[at : at + size]), plain[at][1]))
        at += size
    return joined


def split_front_matter(text: str) -> tuple[str, int]:
    """The body of an article and the number of its first line."""
    match = re.match(r"---\n.*?\n---\n", text, flags=re.DOTALL)
    if match is None:
        return text, 1
    return text[match.end() :], match.group().count("\n") + 1


def shared_runs(article: list[Token], source: list[Token], size: int) -> list[tuple[int, str]]:
    """Every maximal run of at least `size` words of the article that the source holds too."""
    words = [word for word, _ in article]
    theirs = [word for word, _ in source]
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(theirs) - size + 1):
        starts.setdefault(tuple(theirs[at : at + size]), []).append(at)
    found: list[tuple[int, str]] = []
    covered = 0  # the end of the last run reported
    for at in range(len(words) - size + 1):
        end = at
        for start in starts.get(tuple(words[at : at + size]), []):
            pairs = zip(words[at:], theirs[start:], strict=False)
            length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            end = max(end, at + length)
        if end > max(covered, at):
            found.append((article[at][1], " ".join(words[at:end])))
            covered = end
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", type=Path, help="folder of source texts")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of articles")
    parser.add_argument("--words", type=int, default=8, help="shortest run to report")
    args = parser.parse_args()
    for folder in (args.sources, args.corpus):
        if not folder.is_dir():
            parser.exit(2, f"check_originality: no such folder: {folder}\n")
    if args.words < 1:
        parser.exit(2, "check_originality: --words must be at least 1\n")
    sources = sorted(path for path in args.sources.iterdir() if path.is_file())
    articles = sorted(path for path in args.corpus.glob("*.md") if path.name != "README.md")
    for paths, folder in ((sources, args.sources), (articles, args.corpus)):
        if not paths:
            parser.exit(2, f"check_originality: no texts in {folder}\n")
    try:
        texts = {path: path.read_text(encoding="utf-8") for path in (*sources, *articles)}
    except (OSError, UnicodeDecodeError) as error:
        parser.exit(2, f"check_originality: cannot read a text: {error}\n")
    source_tokens = {path: tokens_of(texts[path]) for path in sources}
    found = 0
    for path in articles:
        article = tokens_of(*split_front_matter(texts[path]))
        for source, theirs in source_tokens.items():
            for line, run in shared_runs(article, theirs, args.words):
                print(f"{path}:{line}: shared with {source.name}: {run}")
                found += 1
    print(f"{len(articles)} articles, {len(sources)} sources: {found or 'no'} shared runs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
