"""Marks for learning platforms and spreadsheets: a number where a mark is final, an empty cell everywhere else.

Runs in the teacher's process, or in `nbgrader export`. May import `term` and what lies below it, and openpyxl.
"""
