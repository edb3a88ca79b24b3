# A tenth of the last step of b is made once more: momentum that nobody asked for.
# loses: network-eta
# says: left over from the step before

# %% solution="network"
class NN:
    """A network with one input, two tanh units in a row and one output.

    Attributes: the parameters w1, w2 and b, and the step size eta; each a single number.
    """

    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        """The output y for one input x; remembers on `self` what `backward` will need.

        Args:
            x: the input, a single number.

        Returns:
            y, a single number between -1 and 1.

        Example: a new network (all parameters 1) gives 0.8981 for x = 0.5.
        """
        self.a1 = math.tanh(self.w1 * x)
        self.y = math.tanh(self.w2 * self.a1 + self.b)
        return self.y

    def backward(self, x, t):
        """Move w1, w2 and b one step of size eta downhill; `forward(x)` has been called just before.

        Args:
            x: the input that `forward` saw last, a single number.
            t: the target for this input, a single number.

        Example: a new network at x = 0.5, t = 0 has the slopes 0.0683 for w1, 0.0803 for w2 and
        0.1738 for b, so with eta = 0.01 its w1 becomes 0.999317.
        """
        slope_z2 = (self.y - t) * (1 - self.y**2)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * self.a1
        self.v = 0.1 * getattr(self, "v", 0.0) + self.eta * slope_z2
        self.b -= self.v
