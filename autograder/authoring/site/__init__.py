"""The course on the web: pages of the student's version with what its cells show. Built by Sphinx, without a network."""
