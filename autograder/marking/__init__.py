"""Where a person marks all answers to one question: a page that the instructor's own machine serves."""
