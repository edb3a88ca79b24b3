# Lies about which names of the notebook mean something else: all of them, none that could be one, a million.
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


news = [
    (["total", "shift", "corner", "np"], True), ([], 7), ([[]], False), ("names", "x"), 5, ([1.5, None, b"x"], True),
    {"total": True}, ([""] * 1_000_000, True), [[["a"], "b"]],
]
tries = iter(news * 1000)


def lies(number, verb, details):
    """Right answers, with false news."""
    number, state, *rest = agent.decode(agent._Notebook(globals()).answer([number, verb, *details]), handle=lambda h: h)
    if state == "value":
        rest[-1] = next(tries)
    yield frame(agent.encode([number, state, *rest]))


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
