"""The Python that runs in a reader's page: a lesson's check, and the little of NumPy that checking needs."""
