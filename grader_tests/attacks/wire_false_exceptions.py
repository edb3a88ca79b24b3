# Answers with exceptions of every builtin kind, with made-up families, messages and arguments.
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


import builtins

kinds = [name for name in dir(builtins) if isinstance(getattr(builtins, name), type) and issubclass(getattr(builtins, name), BaseException)]
lineages = ["A#1,B#2,C#3,SystemExit", "A#1,A#1,A#1,int", ",".join(f"X#{n}" for n in range(300)), "\ud800#1,ValueError", "#,", "print"]
tries = iter([*kinds, *lineages] * 1000)


def lies(number, verb, details):
    lineage = next(tries)
    arguments = agent.encode([1, "x", None, [1] * 100])
    yield frame(agent.encode([number, "raised", lineage[:70], "passed", arguments, "trace" * 5000, lineage, ["np", "close"]]))


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
