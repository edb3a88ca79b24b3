"""What shows that an assignment's checks are right: answers, mutants, a demo class. Runs in the author's process.

May import the author's tools, the course and the engine; never `classroom`.
"""
