"""Kernels for student code: forked from a process that has the heavy libraries loaded, each in a sandbox of its own."""
