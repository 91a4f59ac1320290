"""Where hand-ins arrive and feedback goes: nbgrader's exchange, and a folder of uploads.

Students write into both. So no link in them is followed, neither to read nor to write, also where somebody puts one in
a folder's place at the wrong moment: each folder is opened by its name in the open folder above it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course import TIMESTAMP, Course, CourseError, Lesson, everything_in, read_config
from autograder.gradebook.record import parse_timestamp
from autograder.gradebook.team_work import SECRET
from autograder.reading.bounds import MOST_BYTES, too_large

FEEDBACK = "feedback"
"""The folder beside an upload in which its page is put."""
CHUNK = 1 << 20
NEVER = datetime.min.replace(tzinfo=UTC)


class NotTaken(Exception):
    """A hand-in that is not graded; the text says why, in sentences."""


@dataclass(frozen=True)
class Arrival:
    """A hand-in that lies there."""

    student: str
    """As the folder says it, which a student may have named."""
    lesson: str
    door: Exchange | Uploads
    names: tuple[str, ...]
    """Of the folders below the door's own that lead to it."""
    key: str
    """What tells it from every other hand-in, also of this student for this lesson."""
    when: datetime
    """When it arrived: of several the newest counts."""
    owner: str = ""
    """The user whose folder it is, where that is not the student; empty where it is, or where nobody asks."""


class Exchange:
    """nbgrader's exchange: `nbgrader submit` puts hand-ins there, `nbgrader fetch_feedback` takes pages.

    Raises:
        CourseError: where there is none for this course.
    """

    def __init__(self, course: Course):
        from nbgrader.exchange.default.exchange import Exchange as Theirs

        config = read_config(course.root)
        place = Path(config.get("Exchange", {}).get("root") or Theirs.root.default_value)
        self.root = place / str(config.get("CourseDirectory", {}).get("course_id", "")) / "inbound"
        self._shared = bool(config.get("CourseDirectory", {}).get("groupshared"))
        self._checks_owner = bool(config.get("ExchangeCollect", {}).get("check_owner", True))
        self._known: dict[str, Arrival | None] = {}
        self.strangers: list[str] = []
        """Folders that are not taken for what they say, each in a sentence."""
        if not self.root.is_dir():
            raise CourseError(
                f"There is no exchange in {self.root}. `nbgrader release_assignment` makes it where c.Exchange.root "
                "in nbgrader_config.py says. Or name a zip or a folder: autograder collect DIR, autograder serve "
                "--uploads DIR."
            )

    def look(self, lessons: Collection[str]) -> Iterator[Arrival]:
        """All hand-ins for these lessons that lie in a folder of their student's."""
        return (arrival for arrival in self.everything(lessons) if not arrival.owner)

    def everything(self, lessons: Collection[str]) -> Iterator[Arrival]:
        """All hand-ins for these lessons: folders called ``student+lesson+time+letters``."""
        with os.scandir(self.root) as entries:
            found = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        for name in found:
            if name not in self._known:
                self._known[name] = self._read(name)
            arrival = self._known[name]
            if arrival and arrival.lesson in lessons:
                yield arrival

    def _read(self, name: str) -> Arrival | None:
        student, lesson, time, *_ = [*name.rsplit("+", 3), "", ""]  # as nbgrader's own collect takes it apart
        when = parse_timestamp(time)
        if when is None:
            return None
        owner = _owner(self.root / name) if self._checks_owner else student
        if owner == student:
            return Arrival(student, lesson, self, (name,), name, when)
        self.strangers.append(
            f"{name} belongs to the user {owner}, so it is not taken for a hand-in. Where all have the same user, "
            "write c.ExchangeCollect.check_owner = False into nbgrader_config.py, and start the server again."
        )
        return Arrival(student, lesson, self, (name,), name, when, owner)

    def state(self, arrival: Arrival) -> str:
        """What lies there, in a hash; empty until `nbgrader submit` has written the secret, its last file."""
        with contextlib.suppress(OSError), _opened(self.root, *arrival.names) as folder:
            return _listing(self.root.joinpath(*arrival.names))[0] if _small(folder, SECRET) else ""
        return ""

    def give(self, arrival: Arrival, lesson: Lesson, page: str) -> None:
        """Put a page where `nbgrader fetch_feedback` finds it: who has the hand-in's secret knows its name.

        Raises:
            OSError: where it cannot be written.
        """
        from nbgrader.utils import notebook_hash

        with _opened(self.root, *arrival.names) as folder:
            secret = _small(folder, SECRET)
        if not secret:
            raise OSError("the hand-in has lost its secret")
        place = self.root.parent / FEEDBACK
        if not place.is_dir():
            place.mkdir()
            place.chmod(0o2771 if self._shared else 0o711)  # as nbgrader makes it: nobody else can list it
        with _opened(place) as folder:
            _write(folder, f"{notebook_hash(secret=secret, notebook_id=lesson.notebook.stem)}.html", page)


class Uploads:
    """A folder with ``student/lesson/files``, filled by whatever the course has for it."""

    def __init__(self, root: Path):
        self.root = root
        self.strangers: list[str] = []
        """None: whose folder it is, whoever fills it has seen to."""
        if not root.is_dir():
            raise CourseError(f"There is no folder {root}. Make it; hand-ins lie in {root}/<student>/<lesson>/.")

    def look(self, lessons: Collection[str]) -> Iterator[Arrival]:
        """All hand-ins for these lessons. What changes in a folder makes another hand-in of it."""
        for student in _folders(self.root):
            for lesson in _folders(self.root / student):
                if lesson in lessons:
                    state, when = _listing(self.root / student / lesson)
                    if when > NEVER:
                        yield Arrival(student, lesson, self, (student, lesson), f"{student}/{lesson} {state}", when)

    def state(self, arrival: Arrival) -> str:
        """What lies there."""
        return arrival.key

    def give(self, arrival: Arrival, lesson: Lesson, page: str) -> None:
        """Put a page into the folder ``feedback`` beside the upload.

        Raises:
            OSError: where it cannot be written.
        """
        with _opened(self.root, *arrival.names) as folder, contextlib.suppress(FileExistsError):
            os.mkdir(FEEDBACK, 0o755, dir_fd=folder)
        with _opened(self.root, *arrival.names, FEEDBACK) as folder:
            _write(folder, f"{lesson.notebook.stem}.html", page)


def copy(arrival: Arrival, to: Path) -> None:
    """Copy what was handed in, plain files alone.

    Raises:
        NotTaken: where it is more than a hand-in may hold, or gone.
    """
    if why := too_large(arrival.door.root.joinpath(*arrival.names)):
        raise NotTaken(why)
    size = 0
    try:
        with _opened(arrival.door.root, *arrival.names) as top:
            for place, folders, names, here in os.fwalk(".", dir_fd=top):
                if place == ".":
                    folders[:] = [name for name in folders if name != FEEDBACK]
                (to / place).mkdir(parents=True, exist_ok=True)
                for name in names:
                    with _plain_file(here, name) as stream, (to / place / name).open("wb") as copied:
                        while stream and (chunk := stream.read(CHUNK)):
                            size += len(chunk)
                            if size > MOST_BYTES:
                                raise NotTaken("It grew while it was read. Hand it in once more.")
                            copied.write(chunk)
                    if stream is None:
                        (to / place / name).unlink()
    except OSError as error:
        raise NotTaken(f"It cannot be read ({error.strerror or error}).") from None
    if isinstance(arrival.door, Uploads):  # what the student says is not to be believed
        (to / TIMESTAMP).write_text(f"{arrival.when:%Y-%m-%d %H:%M:%S.%f} UTC\n", encoding="utf-8")


# ----------------------------------------------------------------------------------- folders of others


def _owner(folder: Path) -> str:
    """The user whose folder it is, as `nbgrader collect` asks as well."""
    import pwd

    try:
        return pwd.getpwuid(folder.lstat().st_uid).pw_name
    except (KeyError, OSError):
        return "nobody"


def _folders(place: Path) -> list[str]:
    try:
        with os.scandir(place) as entries:
            return sorted(one.name for one in entries if one.name[0] != "." and one.is_dir(follow_symlinks=False))
    except OSError:  # gone, or closed to us
        return []


def _listing(folder: Path) -> tuple[str, datetime]:
    """The names, sizes and times of what lies in a folder, in a hash; and when the newest of its files changed.

    A file's owner cannot choose that time, as one can the time of the last writing.
    """
    lines, newest = [], 0.0
    if why := too_large(folder):
        return hashlib.sha256(why.encode()).hexdigest()[:20], datetime.fromtimestamp(folder.lstat().st_ctime, UTC)
    for path in everything_in(folder):
        with contextlib.suppress(OSError):
            status = path.lstat()
            if path.relative_to(folder).parts[0] == FEEDBACK:
                continue
            lines.append(f"{path.relative_to(folder)}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}")
            if stat.S_ISREG(status.st_mode):
                newest = max(newest, status.st_ctime)
    digest = hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return digest, datetime.fromtimestamp(newest, UTC) if newest else NEVER


@contextmanager
def _opened(root: Path, *names: str) -> Iterator[int]:
    """A folder below ``root``, open. A link on the way is an OSError."""
    with ExitStack() as stack:
        here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        stack.callback(os.close, here)
        for name in names:
            here = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            stack.callback(os.close, here)
        yield here


@contextmanager
def _plain_file(folder: int, name: str) -> Iterator[Any]:
    """A plain file in an open folder, to be read; None for anything else: a link, a pipe that nobody fills."""
    try:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        yield None
        return
    with open(file, "rb") as stream:  # noqa: PTH123  (it is open already)
        yield stream if stat.S_ISREG(os.fstat(file).st_mode) else None


def _small(folder: int, name: str) -> str:
    """The text of a plain file, its first 1,000 characters; empty where there is none."""
    with _plain_file(folder, name) as stream:
        return stream.read(1000).decode("utf-8", "replace") if stream else ""


def _write(folder: int, name: str, text: str) -> None:
    """Write a file that all may read, whole or not at all; a link of its name is replaced, not followed."""
    fresh = f".{name}.new"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(fresh, dir_fd=folder)
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644, dir_fd=folder)
    with open(file, "w", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123  (it is open already)
        os.fchmod(file, 0o644)
        stream.write(text)
    os.replace(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
