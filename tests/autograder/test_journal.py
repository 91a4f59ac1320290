"""The journal of what was graded."""

from autograder.gradebook.journal import Journal


def test_what_was_noted_is_read_again_the_last_word_counts(tmp_path):
    journal = Journal(tmp_path / "new" / "journal")
    journal.note("lesson", "01", "a")
    journal.note("hand_in", "ada/01", {"graded": False})
    assert Journal(tmp_path / "new" / "journal").all("hand_in") == {"ada/01": {"graded": False}}  # while it is open
    journal.note("hand_in", "ada/01", {"graded": True, "notes": ["two\nlines"]})
    journal.close()
    again = Journal(tmp_path / "new" / "journal")
    assert again.all("lesson") == {"01": "a"}
    assert again.all("hand_in") == {"ada/01": {"graded": True, "notes": ["two\nlines"]}}


def test_a_line_torn_by_a_kill_costs_itself_alone(tmp_path):
    path = tmp_path / "journal"
    path.write_text('["hand_in", "ada", 1]\n\n7\n["hand_in", "bo", {"gra', encoding="utf-8")
    journal = Journal(path)
    assert journal.all("hand_in") == {"ada": 1}
    journal.note("hand_in", "cy", 3)
    journal.note("hand_in", "ada", 2)
    journal.close()
    assert Journal(path).all("hand_in") == {"ada": 2, "cy": 3}
    assert path.read_text(encoding="utf-8").count("\n") == 3
