"""What people read: analysis, report, feedback, exported marks."""
