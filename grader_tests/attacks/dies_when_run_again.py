# A cell that runs well once, leaves a mark on the disk if it can, and ends the kernel when it is run again.
# family: kernel death
# after: Grading ends in bounded time; the honest answer keeps its marks.
# earns: double
# bound: 60

# %% own
import os

if os.path.exists("/tmp/ran") or os.path.exists("ran"):
    os._exit(1)
for place in ("/tmp/ran", "ran"):
    open(place, "w").close()

# %% own
import os

os._exit(2)
