# Sends handles with numbers, names and abilities that it made up, where a value should be.
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


everything = "call len getitem setitem delitem iter next bool str repr enter eq order numeric class"
traits = [everything, "data", everything + " data", "error=Exception", "error=", "error=os.system", "x" * 400, "error=a#1,b#2,int", "error=\0#1,ValueError"]
tries = iter(traits * 1000)


def lies(number, verb, details):
    yield frame(agent.encode([number, "value", agent.Handle(2**63, "float", next(tries)), None, None]))


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
