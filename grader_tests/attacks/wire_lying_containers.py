# Sends lists and dicts that claim two million items and hold none, or whose keys all collide.
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


tries = iter(range(100))


def container(code, length):
    return b"\xd6" + bytes([code]) + struct.pack(">I", length)


def lies(number, verb, details):
    start = container(1, 5) + agent.encode(number) + agent.encode("value")
    which = next(tries) % 3
    if which == 0:
        yield frame(start + container(1, 1_999_000))
    elif which == 1:
        keys = b"".join(agent.encode((2**61 - 1) * k) + agent.encode(k) for k in range(100_000))
        yield frame(start + container(3, 100_000) + keys + agent.encode(None) * 2)
    else:
        yield frame(start + container(1, 1_900_000) + b"\xc0" * 1_900_000 + agent.encode(None) * 2)


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
