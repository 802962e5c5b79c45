"""docs/mcp.md tells the truth: its files can be read, its calls return what it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import qa
from qa.surfaces.cli.parser import make_parser
from qa.surfaces.mcp.tools import TOOLS
from tests.conftest import ROOT
from tests.mcp.clients import call, value_of
from tests.pages import assert_shown
from tests.test_offline import session

PAGE = (ROOT / "docs" / "mcp.md").read_text("utf-8")
EXAMPLES = re.findall(r"```console\n(\w+) (\{[^\n]+\})\n(.*?)```", PAGE, re.DOTALL)


def test_the_files_for_clients_start_the_command() -> None:
    files = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert len(files) == 2
    for text in files:
        [servers] = json.loads(text).values()
        assert servers["footnote"]["command"].endswith("/qa")
        assert make_parser().parse_args(servers["footnote"]["args"]).run


def test_every_tool_and_argument_is_listed() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert listed.keys() == TOOLS.keys()
    for name, tool in TOOLS.items():
        properties = tool.described(name).input_schema["properties"]
        assert set(properties) == set(re.findall(r"`(\w+)`", listed[name]))


@pytest.mark.real
@pytest.mark.parametrize(("tool", "arguments", "output"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_a_call_returns_what_is_shown(
    real_bot: qa.Bot, tool: str, arguments: str, output: str
) -> None:
    returned = value_of(call(real_bot, tool, **json.loads(arguments)))
    printed = json.dumps(returned, indent=4, ensure_ascii=False) + "\n"
    assert_shown(output, printed)


@pytest.mark.real
@pytest.mark.slow
def test_the_client_runs_and_nothing_leaves_this_machine(real_index: Path, tmp_path: Path) -> None:
    block = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    (tmp_path / "index").symlink_to(real_index, target_is_directory=True)
    script = tmp_path / "page.py"
    script.write_text(f"import os\nos.chdir({str(tmp_path)!r})\n{block[1]}", "utf-8")
    assert session("run", script)["outside"] == []
