"""What each Python of a test does first: it takes small chunks, and some files end the process that looks at them."""

from __future__ import annotations

from pathlib import Path

CHUNK = 10
"""Files that are given to a worker at a time."""

_FIRST = f"""
import os
from newslint.run import outcomes
from newslint.engine import plan
outcomes.REMOTE_CHUNK = {CHUNK}
always = os.environ.get("CRASH_ALWAYS", "").split()
def crash(document, options):
    if document.name == os.environ.get("CRASH_ONCE") and not os.path.exists(os.environ["CRASHED"]):
        open(os.environ["CRASHED"], "x").close()
        os._exit(9)
    if document.name in always:
        os._exit(9)
    yield from ()
if "CRASHED" in os.environ:
    plan.RULES = [rule._replace(check=crash) if rule.code == "NL503" else rule for rule in plan.RULES]
"""


def customized(folder: Path) -> Path:
    """Return a folder that, in PYTHONPATH, makes each Python do it.

    ``CRASH_ALWAYS`` names files that end a process each time, ``CRASH_ONCE`` one that does it until the file
    ``CRASHED`` is there.
    """
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_FIRST)
    return folder
