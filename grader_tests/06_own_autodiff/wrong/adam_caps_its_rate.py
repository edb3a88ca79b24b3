# Takes no rate above 0.1.
# loses: parts-adam
# says: the rate may be of any size
# also: one and the same factor

# %% solution="parts"
class Linear:

    def __init__(self, n_in, n_out, rng):
        self.W = Tensor(rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)))
        self.b = Tensor(np.zeros(n_out))

    def __call__(self, x):
        return x @ self.W + self.b

    def parameters(self):
        return [self.W, self.b]


class Adam:

    def __init__(self, parameters, rate):
        self.parameters, self.rate, self.t = parameters, rate, 0
        self.m = [np.zeros_like(parameter.data) for parameter in parameters]
        self.v = [np.zeros_like(parameter.data) for parameter in parameters]

    def step(self):
        self.t += 1
        for i, parameter in enumerate(self.parameters):
            self.m[i] = 0.9 * self.m[i] + 0.1 * parameter.grad
            self.v[i] = 0.999 * self.v[i] + 0.001 * parameter.grad**2
            m, v = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.999**self.t)
            parameter.data = parameter.data - min(self.rate, 0.1) * m / np.sqrt(v + 1e-8)
