"""A stream with a checkpoint survives being killed: no row is lost, none counted twice."""

import random

import pytest

from tests.course_lib.streaming_restart import ROWS_PER_FILE, kill_and_restart

pytestmark = pytest.mark.slow


@pytest.mark.seconds(180)
def test_no_row_is_lost_or_doubled_after_sigkill_at_random_moments(tmp_path):
    seed = random.randrange(10**6)
    outcome = kill_and_restart(tmp_path, kills=3, seed=seed)
    story = f"seed {seed}: {outcome}"
    assert outcome.rows == outcome.sent, story
    assert outcome.different == outcome.sent, story
    assert outcome.killed_at[0] < outcome.sent / ROWS_PER_FILE, f"the first kill came after the end; {story}"
