"""Marking by hand: a page on this machine with all answers to one question in a row, alike ones together.

Runs in the teacher's process, and shows what strangers wrote: nothing of it runs, and nobody else can ask for it.
May import `term` and what lies below it, tornado, Jinja and rapidfuzz.
"""
