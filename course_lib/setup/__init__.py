"""The parts of ``course_lib.install``. They run before anything is installed, so on the standard library alone."""
