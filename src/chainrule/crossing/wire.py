"""The values that may cross between the referee and a student's kernel.

    data = encode({"w": np.ones(3)})            # bytes
    value = decode(data)                        # equal in type and value

What crosses: None, bool, int, float, complex, str (lone surrogates too, as "surrogatepass" bytes), bytes,
list, tuple, dict, set, frozenset, numpy scalars and arrays of kinds b i u f c; by name and plain state the values of
well-known libraries that `kinds` takes apart; besides these a `Handle` (a number that stands for an object which stays
where it is), `Named` (a function of an installed module, by name) and `Built` (what only the two sides know).
The types are exact: a subclass is never written, and never rebuilt.

A message is a row of msgpack tokens. A container is an extension token that holds its length, then its
items. msgpack's own arrays and maps are refused, because their headers make the reader allocate before
it has seen a single item. So an honest reader needs memory in proportion to the bytes that arrived.
"""

from chainrule.crossing.reading import decode
from chainrule.crossing.tokens import CAPS, Built, Caps, Handle, Named, WireError
from chainrule.crossing.writing import encode

__all__ = ["CAPS", "Built", "Caps", "Handle", "Named", "WireError", "decode", "encode"]
