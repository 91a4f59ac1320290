"""The commands of `autograder`: options in, sentences and exit codes out. :mod:`autograder.cli` has their list."""
