"""From ``submitted/`` to points: a hand-in is examined, restored, run and scored."""
