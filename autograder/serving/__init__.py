"""Grades on hand-in: watches where hand-ins arrive, and puts feedback where students fetch it."""
