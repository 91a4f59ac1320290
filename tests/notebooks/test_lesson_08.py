"""Lesson 08: the numbers that the cells print support what the prose says (default data, no network)."""

import re

import numpy as np
import pytest

from course_lib import photos
from tests.notebooks.lessons import NOTEBOOKS, grading, printed, prose, read, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("08_"))


@pytest.fixture(scope="module", autouse=True)
def default_data(tmp_path_factory):
    """Neither photos of cats and dogs nor an earlier download."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("COURSE_DATA_DIR", raising=False)
        patch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # where the network cannot be cut off, nothing is fetched
        yield


def text(cell: str) -> str:
    return "".join(out.get("text", "") for out in run(LESSON)[cell] if out.get("name") == "stdout")


def test_c14_frozen_beats_scratch_and_the_control_in_seconds():
    rows = {}
    table = r"C14: (\S.+?) {2,}((?:[01]\.\d{3} ){5}) mean (\S+)\nC14: +(\S+) s"
    for name, accuracies, mean, seconds in re.findall(table, "\n".join(printed(LESSON, "C14"))):
        folds = [float(a) for a in accuracies.split()]
        assert sum(folds) / 5 == pytest.approx(float(mean), abs=0.001)
        rows[name] = float(mean), float(seconds.replace(",", ""))
    assert list(rows) == ["deck: all of ResNet50", "from scratch", "random backbone", "frozen", "fine-tuned"]
    assert rows["deck: all of ResNet50"] == (0.82, 16889.1)
    assert rows["frozen"][0] > 0.9 and rows["fine-tuned"][0] > 0.9
    assert rows["frozen"][0] > rows["from scratch"][0] + 0.1
    assert rows["frozen"][0] > rows["random backbone"][0] + 0.1


def test_the_lesson_says_which_photos_it_took():
    assert "grass and gravel" in text("read-photos")


def test_raw_pixels_give_nonsense_and_division_by_255_hides():
    trained, divided, raw = text("preprocess-trap").splitlines()
    assert "cat" in trained and "cat" in divided and "cat" not in raw


def test_features_sort_photos_that_pixels_do_not():
    features, pixels = (int(re.search(r"(\d+)%", line)[1]) for line in text("neighbours").splitlines())
    assert features > 90 and pixels < 75


def test_batchnorm_changes_features_unless_frozen():
    *open_, frozen_batch, frozen_later = (int(n) for n in re.findall(r"(\d+)%", text("batchnorm-trap")))
    assert min(open_) > 10 and frozen_batch == frozen_later == 0


def test_what_is_set_after_a_fit_waits_for_compile():
    rows = re.findall(r"(.+?) {2,}(\d) arrays count as trainable, lower moved by (\S+)\n", text("compile-trap"))
    counted = {what: int(arrays) for what, arrays, _ in rows}
    moved = {what: float(far) > 0 for what, _, far in rows}
    assert counted == {"close, compile, fit": 2, "open, fit": 4, "open, compile, fit": 4, "close, fit": 2}
    assert moved == {"close, compile, fit": False, "open, fit": False, "open, compile, fit": True, "close, fit": True}


def test_the_training_step_is_built_by_the_first_fit_not_by_compile():
    import keras

    closed = keras.layers.Dense(3)
    model = keras.Sequential([keras.Input((2,)), closed, keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    closed.trainable = False
    before = closed.get_weights()[0]
    model.fit(np.ones((4, 2)), np.ones(4), verbose=0)
    assert np.array_equal(closed.get_weights()[0], before)
    assert "The first `fit` after `compile` builds the **training step**" in prose(LESSON, "compile-reading")


def test_validation_photos_that_share_no_pixel():
    assert float(text("honest-check").split()[-1]) > 0.9


def test_full_training_wins_on_small_photos_and_loses_all_at_a_high_rate():
    rows = re.findall(r"(.+?) +accuracy (\S+) (\S+) (\S+)  mean (\S+)\n", text("full-measure"))
    runs = {name: [float(one) for one in accuracies] for name, *accuracies, _ in rows}
    mean = {name: float(line[-1]) for name, *line in rows}
    assert mean["in full"] > mean["frozen"] + 0.1 and "full training is clearly ahead" in prose(LESSON, "full-reading")
    assert max(runs["in full, ten times the rate"]) < 0.65
    assert mean["in full, augmented"] < mean["in full"] + 0.02
    assert "Augmentation does not win here" in prose(LESSON, "full-reading")


def test_two_wrong_labels_are_doubted_first():
    *_, doubted = text("own-folds").splitlines()
    assert set(doubted.removeprefix("the most doubtful: ").split()) == set(photos.MISLAID)
    assert "the two that lie in the wrong folder come first" in prose(LESSON, "own-reading")
    assert "two photos lie in the wrong folder" in prose(LESSON, "own-idea-text") and len(photos.MISLAID) == 2
    assert text("own-features").startswith("0 arrays of the backbone are open")


def test_nothing_red_on_the_students_screen():
    red = [out["text"] for outs in run(LESSON).values() for out in outs if out.get("name") == "stderr"]
    assert red == []
    assert "Keras 3.15 does not warn" in prose(LESSON, "compile-reading")


def test_graded_cells_do_not_need_a_backbone():
    """Grading leaves out the cells tagged skip-grading; what stays must be quick."""
    for cell in read(LESSON).cells:
        if cell.cell_type == "code" and "skip-grading" not in cell.metadata.get("tags", []):
            assert "backbone." not in cell.source or grading(cell).get("locked") is False, cell.id


def test_c14_nothing_is_said_of_full_training_which_no_row_of_the_table_did():
    names = [re.match(r"C14: (.+?) {2,}", line)[1] for line in printed(LESSON, "C14")[::2]]
    assert names[1:] == ["from scratch", "random backbone", "frozen", "fine-tuned"], "no large network trained whole"
    told = prose(LESSON, "five-folds-reading")
    assert "That we did not test" in told and "it is better" not in told
