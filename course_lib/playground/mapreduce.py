"""Step through a MapReduce job: boxes move between workers.

The model is pure Python: :func:`frames` computes where each box stands in each step. The view (``mapreduce.js``) moves
boxes from frame to frame. It holds all frames of all jobs, so it answers at once, without asking the kernel.
"""

from __future__ import annotations

import html
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course_lib.playground import view

WORKERS = 3
COLUMN, ROW, CHIP = 236, 34, 110  # widths of a worker's column and of a box, height of a row, in pixels
TOP = 34  # room for the worker's name
HEIGHT = TOP + 6 * ROW


_Pair = tuple[int, str, Any, tuple[int, ...]]  # worker, key, value, ids of the boxes that it was made of


@dataclass(frozen=True)
class Job:
    """What a job does with a line, and how values are merged, finished and shown.

    Attributes:
        lines: one line of input for each worker.
        mapper: line → list of pairs (key, value).
        merge: list of values → one value; both the reducer and, where it is switched on, the combiner.
        show: value → the text in a box.
        about: what to look at, in a sentence.
    """

    lines: tuple[str, ...]
    mapper: Callable[[str], list[tuple[str, Any]]]
    merge: Callable[[list[Any]], Any]
    show: Callable[[Any], str]
    about: str


@dataclass(frozen=True)
class Box:
    """A line or a pair, with its place on the stage (pixels from the left and the top)."""

    id: int
    key: str
    text: str
    worker: int
    x: int
    y: int
    width: int
    parents: tuple[int, ...] = ()  # the boxes of the frame before that it was made of
    sent: bool = False  # it changes worker in this frame


@dataclass(frozen=True)
class Frame:
    """One step of the job: its name, a sentence, the boxes, and how many crossed the network so far."""

    name: str
    say: str
    boxes: tuple[Box, ...]
    crossed: int = 0


def _words(line: str) -> list[tuple[str, Any]]:
    return [(word, 1) for word in line.split()]


def _temperatures(line: str) -> list[tuple[str, Any]]:
    fields = line.split()
    return [(city, int(degrees)) for city, degrees in zip(fields[::2], fields[1::2], strict=True)]


def _with_count(line: str) -> list[tuple[str, Any]]:
    return [(city, (degrees, 1)) for city, degrees in _temperatures(line)]


_TEXT = ("of the people of the people", "by the people by the people", "for the people for the people")
_DAYS = ("Mumbai 80 Chicago 40 Mumbai 84", "Chicago 50 Chicago 60 Chicago 54 Mumbai 90", "Mumbai 94 Chicago 20")

JOBS = {
    "Word count": Job(_TEXT, _words, sum, str, "How many boxes cross the network, with and without a combiner?"),
    "Maximum temperature": Job(
        _DAYS, _temperatures, max, "{}°".format, "The maximum of maximums is the maximum: the combiner is safe."
    ),
    "Mean temperature, naive": Job(
        _DAYS,
        _temperatures,
        lambda values: sum(values) / len(values),
        "{:.3g}°".format,
        "The true means are 87° for Mumbai and 44.8° for Chicago. Does the combiner keep them?",
    ),
    "Mean with (sum, count)": Job(
        _DAYS,
        _with_count,
        lambda values: tuple(map(sum, zip(*values, strict=True))),
        "{0[0]}/{0[1]}".format,
        "A box carries sum / count. Divide at the very end: 348/4 = 87 and 224/5 = 44.8.",
    ),
}


def worker_of(key: str, workers: int = WORKERS) -> int:
    """The worker that reduces a key: a hash of the key, so that all agree without asking each other."""
    return zlib.crc32(key.encode()) % workers


def frames(job: Job, combine: bool, workers: int = WORKERS) -> list[Frame]:
    """Compute the steps of a job.

    Args:
        job: one of ``JOBS``, or one of your own with a line for each worker.
        combine: whether each worker merges its own pairs before the shuffle.
        workers: how many workers share the job; at least one for each line.

    Returns:
        The frames read, map, (combine,) shuffle and reduce.
    """
    count = iter(range(10_000))
    lines = [Box(next(count), "", line, w, w * COLUMN, TOP, COLUMN - 16) for w, line in enumerate(job.lines)]
    steps = [Frame("Read", "Each worker holds one part of the input.", tuple(lines))]

    pairs: list[_Pair] = [
        (line.worker, key, value, (line.id,)) for line in lines for key, value in job.mapper(line.text)
    ]
    boxes, values = _place(pairs, job, count)
    steps.append(Frame("Map", "The mapper makes pairs (key, value) of each line. Nobody waits for others.", boxes))

    if combine:
        boxes, values = _place(_merged(boxes, values, job), job, count)
        steps.append(Frame("Combine", "Each worker reduces the pairs that it has. Nothing travels yet.", boxes))

    goals = [worker_of(box.key, workers) for box in boxes]
    crossed = sum(box.worker != goal for box, goal in zip(boxes, goals, strict=True))
    moved = _arrange(
        [
            Box(box.id, box.key, box.text, goal, 0, 0, CHIP, (box.id,), box.worker != goal)
            for box, goal in zip(boxes, goals, strict=True)
        ]
    )
    say = f"All pairs of a key meet on one worker. {crossed} of {len(boxes)} boxes cross the network."
    steps.append(Frame("Shuffle", say, moved, crossed))

    results, _ = _place(_merged(moved, values, job), job, count)
    steps.append(Frame("Reduce", "The reducer makes one value of each key. " + job.about, results, crossed))
    return steps


def _merged(boxes: tuple[Box, ...], values: dict[int, Any], job: Job) -> list[_Pair]:
    """Merge the boxes of one key on one worker."""
    groups: dict[tuple[int, str], list[int]] = {}
    for box in boxes:
        groups.setdefault((box.worker, box.key), []).append(box.id)
    return [(worker, key, job.merge([values[i] for i in ids]), tuple(ids)) for (worker, key), ids in groups.items()]


def _place(pairs: list[_Pair], job: Job, count: Any) -> tuple[tuple[Box, ...], dict[int, Any]]:
    """Make a box of every (worker, key, value, parents); also return the value of each box by its id."""
    values, boxes = {}, []
    for worker, key, value, parents in pairs:
        box = Box(next(count), key, f"{key} {job.show(value)}", worker, 0, 0, CHIP, parents)
        boxes.append(box)
        values[box.id] = value
    return _arrange(boxes), values


def _arrange(boxes: list[Box]) -> tuple[Box, ...]:
    """Put each worker's boxes on its grid, two in a row, equal keys side by side."""
    seats: dict[int, int] = {}
    placed = {}
    for box in sorted(boxes, key=lambda box: (box.worker, box.key, box.id)):
        seat = seats.get(box.worker, 0)
        seats[box.worker] = seat + 1
        x, y = box.worker * COLUMN + seat % 2 * (CHIP + 4), TOP + seat // 2 * ROW
        placed[box.id] = Box(box.id, box.key, box.text, box.worker, x, y, box.width, box.parents, box.sent)
    return tuple(placed[box.id] for box in boxes)


# ------------------------------------------------------------------------------------------------------ the view

_TINTS = ["#9ecae9", "#f6c38a", "#a6dcc7", "#e3c1d6", "#f5e79e", "#d0d0d0"]  # pale, so that black text reads on them


def tint(key: str, job: Job) -> str:
    """The colour of a key's boxes."""
    keys = sorted({key for line in job.lines for key, _ in job.mapper(line)})
    return _TINTS[keys.index(key) % len(_TINTS)] if key in keys else "#eeeeee"


def svg(frame: Frame, job: Job) -> str:
    """Draw one frame as a static picture with alt text, for pages without widgets."""
    shapes = []
    for worker in range(WORKERS):
        x = worker * COLUMN
        shapes.append(f'<rect x="{x}" y="0" width="{COLUMN - 12}" height="{HEIGHT}" fill="#fafafa" stroke="#999"/>')
        shapes.append(f'<text x="{x + 8}" y="20" font-weight="bold">worker {worker + 1}</text>')
    for box in frame.boxes:
        stroke = "#000" if box.sent else "#999"
        shapes.append(
            f'<rect x="{box.x + 4}" y="{box.y}" width="{box.width - 8}" height="{ROW - 8}" rx="5" '
            f'fill="{tint(box.key, job)}" stroke="{stroke}"/>'
            f'<text x="{box.x + 12}" y="{box.y + 18}">{html.escape(box.text)}</text>'
        )
    alt = f"Three workers after the shuffle. {frame.say} " + "; ".join(
        f"worker {w + 1} holds {', '.join(b.text for b in frame.boxes if b.worker == w) or 'nothing'}"
        for w in range(WORKERS)
    )
    return (
        f'<svg role="img" aria-label="{html.escape(alt, quote=True)}" viewBox="0 0 {WORKERS * COLUMN} {HEIGHT}" '
        f'style="max-width:{WORKERS * COLUMN}px;background:#fff" font-family="sans-serif" font-size="13" '
        f'fill="#000">{"".join(shapes)}</svg><p>{html.escape(frame.say)}</p>'
    )


def scenes() -> dict[str, Any]:
    """Everything the view shows: for each job its frames without and with a combiner, and the colours of its keys."""
    return {
        name: {
            "frames": [[asdict(frame) for frame in frames(job, combine)] for combine in (False, True)],
            "tints": {key: tint(key, job) for line in job.lines for key, _ in job.mapper(line)},
        }
        for name, job in JOBS.items()
    }


def mapreduce() -> None:
    """Show the stepper: choose a job, switch the combiner on or off, step with the buttons or the arrow keys."""
    import anywidget
    import traitlets

    class Stepper(anywidget.AnyWidget):
        _esm = Path(__file__).with_suffix(".js")
        _css = Path(__file__).with_suffix(".css")
        scenes = traitlets.Dict().tag(sync=True)
        size = traitlets.Dict().tag(sync=True)

    size = {"workers": WORKERS, "column": COLUMN, "row": ROW, "height": HEIGHT}
    job = JOBS["Word count"]
    view.show(Stepper(scenes=scenes(), size=size), svg(frames(job, combine=False)[2], job))
