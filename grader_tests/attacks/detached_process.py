# Starts a process that leaves the session, forks twice, outlives the kernel and then writes into the course.
# family: processes and signals
# after: It is dead before the next submission begins.
# earns: double

# %% own
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for descriptor in range(3, 200):
            try:
                os.close(descriptor)
            except OSError:
                pass
        end = time.monotonic() + 12
        while time.monotonic() < end:
            time.sleep(0.5)
            for place in ("../../../canary.txt", "canary.txt", "/tmp/late.txt"):
                try:
                    if os.path.exists(place) or place.startswith("/tmp"):
                        open(place, "a").write("late")
                except OSError:
                    pass
    os._exit(0)
