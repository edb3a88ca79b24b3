"""Pages and tables on how a class does: for the teacher, and, without names and small groups, for the students.

Runs in the teacher's process. May import `exporting`, `term` and what lies below them, Jinja and matplotlib.
"""
