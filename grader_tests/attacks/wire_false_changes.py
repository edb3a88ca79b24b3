# Claims that its arguments changed: to other types, at places that do not exist, into what the check compares with.
# family: wire-level lies
# after: The check fails, in bounded time and memory; checks before it keep their marks.
# earns: double
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


changes = [
    {0: agent.encode(np.zeros(2))}, {0: agent.encode([0.0] * 4)}, {5: agent.encode(1.0)}, {-1: agent.encode([])}, {"x": b"junk"},
    {0: agent.encode({})}, {0: b""}, {None: b""}, {0: agent.encode([0.0] * 4)},
]
tries = iter(changes * 1000)


def lies(number, verb, details):
    if verb == "call":
        yield frame(agent.encode([number, "value", 0.0, next(tries), None]))
    else:
        honest_one = agent._Notebook(globals())
        yield frame(honest_one.answer([number, verb, *details]))


def serve(path, token, names):
    """Greet as the agent does, then answer every question with a lie; `total` and `shift` only."""
    if not {"total", "shift", "corner"} & set(names):
        return honest(path, token, names)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        line.sendall(frame(agent.encode([token, agent._memory().epoch])))
        channel = agent.Channel(line)
        try:
            while True:
                number, verb, *details = agent.decode(channel.receive())
                for lie in lies(number, verb, details):
                    line.sendall(lie)
        except Exception:
            pass


agent.serve = serve
