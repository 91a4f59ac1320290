"""The one writer of nbgrader's gradebook, the journal of what was graded, backups."""
