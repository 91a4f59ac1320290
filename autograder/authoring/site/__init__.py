"""The course on the web: the students' version with what its cells show. Built by Sphinx, without a network."""
