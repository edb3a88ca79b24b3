"""One class on many machines: a queue in PostgreSQL, what travels through it, and the worker that takes from it.

Runs in the teacher's process, and on other machines as `chainrule worker`. Work is data: a submission, the course's
notebooks and the names of both, as JSON and bytes, never pickles. May import the classroom; nothing below knows of it.
The queue is Procrastinate's; the tables beside it hold what a worker reads and what it gives back.
"""
