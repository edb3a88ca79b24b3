"""From the text of an assignment to its notebooks: runs in the author's process, on the author's files."""
