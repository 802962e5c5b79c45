"""onnxruntime, set up once for all networks: one thread a run, and nothing reported to anyone."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

CPU_INFO = Path("/proc/cpuinfo")


def session(path: Path, *, prepacked: bool = True) -> Any:
    """A session of the network in `path`, on one thread.

    Without `prepacked` the weights stay mapped from their file: processes share them, and opening
    takes a quarter of the time, while a run takes a little longer.

    Raises whatever onnxruntime raises where the file is missing or no network.
    """
    # Official builds send usage data to their maker unless this is set before they are loaded;
    # switching it off afterwards is too late for the first event.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # Without VNNI, sums of 8-bit products would saturate: other logits on other processors. With it
    # they never do, and what this sets would take twice the time for the same logits.
    if not has_vnni():
        options.add_session_config_entry("session.x64quantprecision", "1")
    # This fusion's kernel takes four times as long as the two operations that it replaces.
    slower = ["SkipLayerNormFusion"]
    if not prepacked:
        options.add_session_config_entry("session.disable_prepacking", "1")
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slower
    )


@cache
def has_vnni() -> bool | None:
    """Whether the processor adds products of 8 bits up in 32; None where it does not say.

    Only Linux says so (`flags` in /proc/cpuinfo). Elsewhere onnxruntime is told to be careful,
    which is right on every processor.

    >>> has_vnni() in {True, False, None}
    True
    """
    try:
        listed = CPU_INFO.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    flags = (line for line in listed.splitlines() if line.startswith("flags"))
    found = next(flags, "").split()
    return bool({"avx512_vnni", "avx_vnni"}.intersection(found)) if found else None
