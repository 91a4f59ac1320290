"""The autograder: write, release, collect, grade, report."""

from course_lib import jupyter_private

jupyter_private.without_address_grammar()
