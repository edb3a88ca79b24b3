# Computes with w1, w2 and b of the notebook, where the network has its own.
# loses: network-forward network-w1 network-w2 network-b
# says: starting values are used

# %% solution="network"
w1 = w2 = b = 1.0


class NN:
    def __init__(self):
        self.w1 = self.w2 = self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        self.a1 = math.tanh(w1 * x)
        self.y = math.tanh(w2 * self.a1 + b)
        return self.y

    def backward(self, x, t):
        slope_z2 = (self.y - t) * (1 - self.y**2)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * self.a1
        self.b -= self.eta * slope_z2
