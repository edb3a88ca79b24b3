"""From what a learning platform gives to `submitted/`: whose file is it, of which assignment, handed in when.

Runs in the teacher's process, on files that strangers made: nothing is run, every read has a cap.
May import the engine's reading of notebooks, and the course's folders.
"""
