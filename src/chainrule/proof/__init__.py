"""What shows that an assignment's checks are right: answers, mutants, a demo class. Runs in the author's process.

May import everything but `classroom`.
"""
