# Fills the disk wherever it can write, with one large file and with many empty ones.
# family: bombs
# after: The limits on size and number hold; the next submission has an empty disk.
# earns: double
# stock: it would harm the machine

# %% own
import os

for folder in (".", "/tmp", "/dev/shm", os.path.expanduser("~"), "/grader/link", "/grader/data", "/grader/own", "/grader/disk", "/var/tmp"):
    try:
        with open(os.path.join(folder, "large"), "wb") as file:
            for _ in range(200):
                file.write(b"x" * 1_000_000)
    except OSError as error:
        print(folder, error)
    try:
        for number in range(5000):
            open(os.path.join(folder, f"small-{number}"), "w").close()
    except OSError as error:
        print(folder, error)
