# A gradient below 1e-9 is not passed on.
# loses: value-slopes
# says: however small

# %% solution="value"
class Value:
    """A number that remembers how it was made.

    Attributes:
        data: the number, a float.
        grad: after `L.backward()`, how fast L grows with this number; 0.0 before.
        parents: the Values that it was made from, a tuple. The picture below reads it, and `op`.
        slopes: its slope for each parent. (Whatever else you want to remember is yours to choose.)
    """

    def __init__(self, data, parents=(), slopes=(), op=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents, self.slopes, self.op = parents, slopes, op

    def sin(self):
        """The pattern of every operation: number, parents, slopes, and a sign for the picture."""
        return Value(math.sin(self.data), (self,), (math.cos(self.data),), "sin")

    def __add__(self, other):
        """self + other, where other is a Value or a plain number."""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other):
        """self * other, where other is a Value or a plain number."""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "×")

    def __pow__(self, n):
        """self ** n, where n is a plain number; self is not 0 if n is below 1."""
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),), f"^{n}")

    def exp(self):
        """e to the power of self."""
        height = math.exp(self.data)
        return Value(height, (self,), (height,), "exp")

    def tanh(self):
        """The hyperbolic tangent of self."""
        height = math.tanh(self.data)
        return Value(height, (self,), (1 - height**2,), "tanh")

    def backward(self):
        """Put into `grad` of each Value below this one how fast this one grows with it; always begins anew."""
        nodes = order(self)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):
            if abs(node.grad) < 1e-9:
                continue
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += node.grad * slope

    # Made of the five above: nothing to write here.
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def __truediv__(self, other):
        return self * other**-1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other
