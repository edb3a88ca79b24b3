# Keeps the slope of the last tanh above 0.001.
# loses: network-b
# says: as small as it is

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
        slope_z2 = (self.y - t) * max(1 - self.y**2, 0.001)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * self.a1
        self.b -= self.eta * slope_z2
