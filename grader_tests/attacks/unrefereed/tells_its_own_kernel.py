# Sends what it read over a pipe, a socket and shared memory that it made before, and over the kernel's own connections.
import mmap, os, socket, threading, time
ours, theirs = socket.socketpair()
reader, writer = os.pipe()
shared = mmap.mmap(-1, 4096)

def listen():
    ours.settimeout(5)
    try:
        print(ours.recv(4096), flush=True)
    except OSError:
        pass
    print(shared[:4096].strip(b"\0"), flush=True)

threading.Thread(target=listen, daemon=True).start()

def double(x):
    text = search().encode()
    shared[: len(text[:4000])] = text[:4000]
    for descriptor in range(3, 200):
        try:
            os.write(descriptor, text)
        except OSError:
            pass
    try:
        get_ipython().kernel.session.send(get_ipython().kernel.iopub_socket, "stream", {"name": "stdout", "text": text.decode()})
        display(text)
        print(text, flush=True)
    except Exception:
        pass
    return 2 * x

# %% last
print(shared[:4096].strip(b"\0"))
