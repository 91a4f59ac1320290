"""What makes lessons: the student version, the answer bank, the demonstration, the template of a new lesson."""
