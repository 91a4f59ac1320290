"""The photos: fetched whole from a real server, continued, refused where damaged or hostile, never half there."""

import io
import stat
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from course_lib import cache, cats_and_dogs
from course_lib.cats_and_dogs import PhotosUnavailable


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(buffer, "JPEG")
    return buffer.getvalue()


def archive_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


LAYOUT = {f"cats_and_dogs_filtered/{folder}/{i}.jpg": photo() for folder in cats_and_dogs.FOLDERS for i in range(3)}
GOOD = archive_of({"cats_and_dogs_filtered/vectorize.py": b"#" * 300_000, **LAYOUT})


class Server(ThreadingHTTPServer):
    content = GOOD
    stop_after: int | None = None  # break the connection after so many bytes
    ranges = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str | None] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        asked = self.headers.get("Range")
        self.server.asked.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.ranges else 0
        rest = self.server.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: self.server.stop_after])

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch, tmp_path):
    """A local server in the archive's place, and an empty cache."""
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.setattr(cats_and_dogs, "URL", f"http://127.0.0.1:{server.server_port}/photos.zip")
    monkeypatch.setattr(cats_and_dogs, "SIZE", len(GOOD))
    yield server
    server.shutdown()
    server.server_close()


def photos_in(folder) -> int:
    return sum(1 for name in cats_and_dogs.FOLDERS for _ in (folder / name).iterdir())


def test_fetched_once_and_kept(server):
    folder = cats_and_dogs.load()
    assert photos_in(folder) == 12
    assert not list(folder.rglob("*.py")), "only photos are unpacked"
    assert cats_and_dogs.load() == folder
    assert server.asked == [None]


@pytest.mark.parametrize("ranges", [True, False], ids=["server continues", "server begins again"])
def test_a_broken_download_is_continued(server, ranges):
    server.stop_after, server.ranges = 200_000, ranges
    with pytest.raises(PhotosUnavailable, match="bytes are kept"):
        cats_and_dogs.load()
    server.stop_after = None
    assert photos_in(cats_and_dogs.load()) == 12
    first, second = server.asked
    assert first is None and int(second.removeprefix("bytes=").rstrip("-")) > 100_000


def test_a_larger_file_is_refused(server):
    server.content = GOOD + bytes(1_000_000)
    with pytest.raises(PhotosUnavailable, match="larger"):
        cats_and_dogs.load()
    server.content = GOOD
    assert photos_in(cats_and_dogs.load()) == 12


def test_a_corrupt_archive_is_deleted_and_fetched_anew(server):
    middle = GOOD.index(b"\xff\xd8\xff", len(GOOD) // 2) + 100
    server.content = GOOD[:middle] + b"corrupt!" + GOOD[middle + 8 :]
    with pytest.raises(PhotosUnavailable, match="damaged"):
        cats_and_dogs.load()
    assert not list(cache.folder().glob("*/train")), "nothing half unpacked"
    server.content = GOOD
    assert photos_in(cats_and_dogs.load()) == 12


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x/train/cats/link.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    [
        "../../outside.jpg",
        "/tmp/outside.jpg",
        "a/train/cats/../../../outside.jpg",
        "..\\outside.jpg",
        "C:\\x.jpg",
        link(),
    ],
    ids=["climbs", "absolute", "climbs inside", "backslash", "drive", "link"],
)
def test_an_archive_that_reaches_outside_is_refused(server, tmp_path, name):
    path = tmp_path / "hostile.zip"
    path.write_bytes(GOOD)
    with zipfile.ZipFile(path, "a") as hostile:
        hostile.writestr(name, "/etc/passwd")
    with pytest.raises(PhotosUnavailable, match="refused"):
        cats_and_dogs.load(path)
    assert not list(tmp_path.rglob("outside*")) and not list(cache.folder().iterdir())


def test_a_bomb_is_refused_before_it_is_unpacked(server, tmp_path, monkeypatch):
    monkeypatch.setattr(cats_and_dogs, "MAX_BYTES", 1_000_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("x/train/cats/big.jpg", bytes(2_000_000))
    with pytest.raises(PhotosUnavailable, match="refused"):
        cats_and_dogs.load(path)


def test_an_archive_of_something_else_is_named(server, tmp_path):
    path = tmp_path / "other.zip"
    path.write_bytes(archive_of({"readme.txt": b"hello"}))
    with pytest.raises(PhotosUnavailable, match="four folders"):
        cats_and_dogs.load(path)
    path.write_bytes(b"no archive at all")
    with pytest.raises(PhotosUnavailable, match="damaged"):
        cats_and_dogs.load(path)
    assert path.exists(), "a file of the user's is never deleted"


def test_an_archive_or_folder_of_ones_own(server, tmp_path, monkeypatch):
    path = tmp_path / "mine.zip"
    path.write_bytes(GOOD)
    folder = cats_and_dogs.load(path)
    assert photos_in(folder) == 12
    assert cats_and_dogs.load(folder) == folder
    inside = tmp_path / "outer" / "cats_and_dogs_filtered"
    folder.rename(inside.parent.mkdir() or inside)
    monkeypatch.setenv("COURSE_DATA_DIR", str(inside.parent))
    assert cats_and_dogs.load() == inside
    assert server.asked == []
    with pytest.raises(PhotosUnavailable, match="no"):
        cats_and_dogs.load(tmp_path / "absent")
    with pytest.raises(PhotosUnavailable, match="four folders"):
        cats_and_dogs.load(tmp_path / "cache")


def test_without_a_network_it_says_what_to_do(server, monkeypatch):
    server.shutdown()
    server.server_close()
    with pytest.raises(PhotosUnavailable, match="COURSE_DATA_DIR"):
        cats_and_dogs.load()
