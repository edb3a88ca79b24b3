# Prints the environment of its own process and of every other, and every command line.
# family: reading what is not theirs
# after: The grader's environment, paths and processes are not in it.

# %% own
import glob
import os

print(dict(os.environ))
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/cwd/*"):
    try:
        text = open(path, "rb").read()
    except OSError:
        continue
    if b"CANARY" in text:
        print(path, text)
