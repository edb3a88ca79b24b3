# Opens connections to the network, to services of this machine and to sockets without a file.
# family: reading what is not theirs
# after: None is answered. (A success prints the word that nobody may say.)

# %% own
import glob
import socket
import threading

listener = None
reached = []


def knock(family, address):
    try:
        with socket.socket(family) as caller:
            caller.settimeout(0.3)
            caller.connect(address)
            reached.append(address)
    except OSError:
        pass


places = [(socket.AF_INET, (host, port)) for host in ("1.1.1.1", "127.0.0.1", "169.254.169.254") for port in (22, 53, 80, 631)]
places += [(socket.AF_UNIX, path) for path in glob.glob("/tmp/.X11-unix/*") + glob.glob("/run/*.sock") + glob.glob("/run/*/*socket*")]
threads = [threading.Thread(target=knock, args=place) for place in places]
[thread.start() for thread in threads]
[thread.join(1) for thread in threads]
try:
    names = [line.split()[-1] for line in open("/proc/net/unix") if "@" in line]
except OSError:
    names = []
for name in names[:20]:
    knock(socket.AF_UNIX, "\0" + name[1:])
try:
    socket.getaddrinfo("example.org", 80)
    reached.append("a name server")
except OSError:
    pass
if reached:
    print("nightin" + "gale-of-the-files", reached)
