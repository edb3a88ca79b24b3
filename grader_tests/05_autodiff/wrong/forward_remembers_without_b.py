# Remembers its output for an input and two of the parameters.
# loses: network-forward
# says: all three parameters as they are now

# %% solution="network"
class NN:

    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        key = (x, self.w1, self.w2)
        if getattr(self, 'seen', None) == key:
            return self.y
        self.seen = key
        self.a1 = math.tanh(self.w1 * x)
        self.y = math.tanh(self.w2 * self.a1 + self.b)
        return self.y

    def backward(self, x, t):
        slope_z2 = (self.y - t) * (1 - self.y**2)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * self.a1
        self.b -= self.eta * slope_z2
