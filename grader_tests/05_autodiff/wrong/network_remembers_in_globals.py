# Keeps what forward computed in variables of the notebook, so that two networks mix up their memories.
# loses: network-eta
# says: kept on `self`

# %% solution="network"
class NN:
    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        global first_tanh, last_tanh
        first_tanh = math.tanh(self.w1 * x)
        last_tanh = math.tanh(self.w2 * first_tanh + self.b)
        return last_tanh

    def backward(self, x, t):
        slope_z2 = (last_tanh - t) * (1 - last_tanh**2)
        slope_z1 = slope_z2 * self.w2 * (1 - first_tanh**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * first_tanh
        self.b -= self.eta * slope_z2
