"""Pages for students: what may stand in a page, and the page. Runs in the worker."""
