# Opens the gradebook for writing and keeps it locked, so that no mark can be saved.
# family: SQLite
# after: Everybody's marks are saved.
# stock: it would wait for a long time

# %% own
import glob
import sqlite3

for path in glob.glob("../../../gradebook.db"):
    book = sqlite3.connect(path)
    book.execute("begin exclusive")
