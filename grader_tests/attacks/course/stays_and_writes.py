# Starts processes and threads that outlive the cell, write wherever they can and try to answer for the next student.
# stands: once
# after: None is left when the result is there.

# %% answer
import os
import threading
import time


def write():
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for place in ("canary.txt", "../canary.txt", "../../../canary.txt", "/tmp/late.txt", os.path.expanduser("~/late.txt")):
            try:
                open(place, "a").write("late")
            except OSError:
                pass
        time.sleep(0.5)


for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            write()
        os._exit(0)
threading.Thread(target=write, daemon=True).start()
