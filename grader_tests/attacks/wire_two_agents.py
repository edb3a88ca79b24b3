# Greets with the right token twice, and lets a second agent answer the questions of the first.
# family: wire-level lies
# after: The check fails, in bounded time and memory; checks before it keep their marks.
# earns: 
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


def serve(path, token, names):
    with socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX) as two:
        for line in (one, two):
            line.connect(path)
            line.sendall(frame(agent.encode([token, agent._memory().epoch])))
        for line in (two, one):
            line.sendall(frame(agent.encode([0, "value", 14, None, None])))
        try:
            agent.Channel(one).receive()
        except Exception:
            pass


agent.serve = serve
