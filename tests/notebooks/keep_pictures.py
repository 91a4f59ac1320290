"""Puts the picture that a lesson opens with into its notebook: ``python -m tests.notebooks.keep_pictures [03 …]``.

Readers on GitHub and students see it before anything has run. Cells tagged ``keep_output`` keep what they show, as a
picture of 128 colours: a third of the size, and no eye sees the difference.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
from pathlib import Path

from PIL import Image

from autograder.plugins.keep_output import TAG
from tests.notebooks.lessons import NOTEBOOKS, run

PICTURE = re.compile(r"(?<=data:image/png;base64,)[A-Za-z0-9+/=]+")


def keep(notebook: Path) -> int:
    """Run a lesson and write what its tagged cells show; returns how many pictures were written."""
    outputs = run(notebook)
    content = json.loads(notebook.read_text(encoding="utf-8"))
    kept = [cell for cell in content["cells"] if TAG in cell["metadata"].get("tags", ())]
    for cell in kept:
        cell["execution_count"] = 1  # nbval wants one where there are outputs
        cell["outputs"] = [
            {"output_type": "display_data", "metadata": {}, "data": {kind: smaller(text).splitlines(keepends=True)}}
            for output in outputs[cell["id"]]
            if output["output_type"] == "display_data"
            for kind, text in output["data"].items()
            if kind == "text/html"
        ]
    notebook.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(kept)


def smaller(html: str | list[str]) -> str:
    """The same page with its pictures in 128 colours."""

    def packed(found: re.Match[str]) -> str:
        picture = Image.open(io.BytesIO(base64.b64decode(found[0]))).convert("RGB")
        buffer = io.BytesIO()
        picture.quantize(128, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        return base64.b64encode(buffer.getvalue()).decode()

    return PICTURE.sub(packed, "".join(html))


if __name__ == "__main__":
    for chosen in NOTEBOOKS:
        if not sys.argv[1:] or chosen.parent.name[:2] in sys.argv[1:]:
            print(f"{chosen.parent.name}: {keep(chosen)} kept")
