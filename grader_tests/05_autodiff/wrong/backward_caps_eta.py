# Takes no eta above 1.
# loses: network-eta
# says: whatever eta is

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
        eta = min(self.eta, 1.0)
        slope_z2 = (self.y - t) * (1 - self.y**2)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= eta * slope_z1 * x
        self.w2 -= eta * slope_z2 * self.a1
        self.b -= eta * slope_z2
