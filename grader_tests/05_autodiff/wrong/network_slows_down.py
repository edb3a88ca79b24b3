# Makes eta smaller at each step.
# loses: network-eta
# says: nothing else

# %% solution="network"
class NN:
    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        self.hidden = math.tanh(self.w1 * x)
        self.out = math.tanh(self.w2 * self.hidden + self.b)
        return self.out

    def backward(self, x, t):
        last = (self.out - t) * (1 - self.out**2)
        first = last * self.w2 * (1 - self.hidden**2)
        self.w1, self.w2, self.b = (
            self.w1 - self.eta * first * x, self.w2 - self.eta * last * self.hidden, self.b - self.eta * last
        )
        self.eta = 0.99 * self.eta
