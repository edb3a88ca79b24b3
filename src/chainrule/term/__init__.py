"""A class through a term: where each submission stands, what is due, what the teacher does next.

Runs in the teacher's process, which it may only read for: the gradebook, the folders, the roster.
May import the classroom, collecting, the engine and the course; no library of the author's or of the course's.
"""
