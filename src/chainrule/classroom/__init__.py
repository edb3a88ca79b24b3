"""Grade many: jobs, workers, the table. Runs in the teacher's process and in the worker processes that it starts.

May import the engine and the course; never the author's tools (`authoring`, `proof`), which need not be installed.
"""
