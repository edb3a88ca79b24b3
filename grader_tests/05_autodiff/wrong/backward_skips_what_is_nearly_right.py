# Takes no step where the output is nearly right.
# loses: network-b network-w1 network-w2
# says: It is zero

# %% solution="network"
class NN:
    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01
    def forward(self, x):
        self.a1 = math.tanh(self.w1 * x)
        self.y = math.tanh(self.w2 * self.a1 + self.b)
        return self.y
    def backward(self, x, t):
        if abs(self.y - t) < 1e-3:
            return
        slope_z2 = (self.y - t) * (1 - self.y**2)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * self.a1
        self.b -= self.eta * slope_z2
