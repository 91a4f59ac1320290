"""Processes of our own: a pool whose jobs may hang or die, and folders that go when they end."""
