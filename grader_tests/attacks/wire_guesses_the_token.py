# Connects before the agent does, many times over, with tokens that it guesses, and talks without being asked.
# family: wire-level lies
# after: Who does not know the token is sent away; the honest answers keep their marks.
# earns: double total total-numbers
# stock: there is nobody to lie to
# bound: 60

# %% own
import socket
import struct
import sys

agent = sys.modules.get("chainrule.inside.agent")
honest = agent.serve


def frame(data):
    return struct.pack(">I", len(data)) + data


import threading
import time


def knock():
    while True:
        for token in ("", "0" * 32, None, 5, [["x"] * 1000]):
            try:
                with socket.socket(socket.AF_UNIX) as line:
                    line.connect("/grader/link/referee")
                    line.sendall(frame(agent.encode([token, "0" * 16])))
                    line.sendall(frame(agent.encode([1, "value", 14, None, None])) * 3)
            except OSError:
                pass
            time.sleep(0.05)


for _ in range(3):
    threading.Thread(target=knock, daemon=True).start()
serve = honest


agent.serve = serve
