"""Grade many: jobs, workers, the table. Runs in the teacher's process and in the worker processes that it starts."""
