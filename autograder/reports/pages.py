"""The HTML pages that reports and feedback are made of."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.reading.sanitize import number, plain, prose

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """A page that needs nothing but itself: all values escaped; a browser runs no script but our own.

    Args:
        template: name of a file in ``templates/``.
        values: what the template asks for.
    """
    return _templates().get_template(template).render(values) + "\n"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    made.globals |= {"file": _file, "hash_of": _hash_of}
    made.filters |= {"number": number, "prose": prose}
    return made


def _file(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def _hash_of(name: str) -> Markup:
    """How a Content-Security-Policy names a script or style."""
    return Markup("'sha256-" + base64.b64encode(hashlib.sha256(_file(name).encode()).digest()).decode() + "'")
