"""From what a learning platform exports, or nbgrader's exchange, to ``submitted/``."""
