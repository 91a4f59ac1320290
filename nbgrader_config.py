"""What plain nbgrader, Formgrader and the autograder all read. Paths are relative to the course's root."""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "keras_spark"
c.CourseDirectory.source_directory = "notebooks"

c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("Write your answer here, then delete this line.")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"
