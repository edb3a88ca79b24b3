# Leaves threads and at-exit functions behind that answer the referee of the next submission.
# family: processes and signals
# after: The next submission has a kernel, a socket and a referee of its own.

# %% own
import atexit
import signal
import socket
import threading
import time


def wait():
    while True:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect("/grader/link/referee")
                line.sendall(b"\0\0\0\1x")
                time.sleep(0.1)
        except OSError:
            time.sleep(0.01)


atexit.register(wait)
signal.signal(signal.SIGTERM, lambda *things: wait())
for number in range(3):
    threading.Thread(target=wait).start()
