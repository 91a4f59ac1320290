"""Pictures, which notebooks carry as text, become files of the site: smaller, and fetched when they are seen."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "_static/figures"
WIDE = 2.2
"""Width over height from which on a picture is too small to read on a phone, and scrolls there."""
LARGE = 120_000
"""Bytes of a lossless picture from which on it is a photograph, and stored as one."""
_IMAGE = re.compile(r'<img (?P<said>[^>]*?)src="data:image/(?P<kind>[a-z+]+);base64,(?P<data>[^"]+)"[^>]*>')


@dataclass
class Figures:
    """The pictures of one page."""

    root: Path
    """The folder of the site's sources; pictures go into :data:`FOLDER` in it."""
    found: list[str] = field(default_factory=list)
    """Their paths below the root, in the page's order."""

    def take_out(self, html: str) -> str:
        """Store the pictures of some HTML as files; returns the HTML that shows these."""
        return _IMAGE.sub(self._store, html)

    def _store(self, match: re.Match[str]) -> str:
        data = base64.b64decode(match["data"])
        size = ""
        if match["kind"] == "svg+xml":
            suffix = ".svg"
        else:
            data, (width, height) = _smaller(data)
            suffix, size = ".webp", f' width="{width}" height="{height}"'
            size += ' class="wide"' * (width > WIDE * height)
        path = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:16]}{suffix}"
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)
        # the first is seen at once, so it is fetched at once
        when = ' loading="lazy" decoding="async"' if self.found else ' fetchpriority="high"'
        self.found.append(path)
        return f'<img {match["said"].strip()} src="{path}"{size}{when}>'


def thumbnail(root: Path, path: str, width: int = 480) -> str:
    """A small copy of a picture of the site; returns its path."""
    from PIL import Image

    small = f"{path.rpartition('.')[0]}-small.webp"
    with Image.open(root / path) as image:
        copy = image.convert("RGB")
        copy.thumbnail((width, width * 3))
        copy.save(root / small, "WEBP", quality=82, method=6)
    return small


def _smaller(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture as WebP, with its width and height: line by line as it was, or as a photograph where it is large."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        picture = image.convert("RGB")  # figures have a white ground of their own
    for options in ({"lossless": True}, {"quality": 88}):
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", method=4, **options)
        if buffer.tell() < LARGE:
            break
    return buffer.getvalue(), picture.size
