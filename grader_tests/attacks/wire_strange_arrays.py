# Sends arrays with NaN, negative, empty or gigantic shapes, of objects, and with too little data.
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


shapes = [(2**62, 4), (0, 2**40), (2**64 - 1,), (1,) * 64, (3,), ()]
tries = iter(shapes * 100)


def lies(number, verb, details):
    shape = next(tries)
    payload = struct.pack(f"<2sB{len(shape)}Q", b"<O" if shape == () else b"<d", len(shape), *shape) + struct.pack("<d", float("nan"))
    start = b"\xd6\x01" + struct.pack(">I", 5) + agent.encode(number) + agent.encode("value")
    yield frame(start + b"\xc8" + struct.pack(">H", len(payload)) + b"\x0a" + payload + agent.encode(None) * 2)


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
