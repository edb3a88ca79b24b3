# The memories belong to the class, so that two optimizers overwrite each other.
# loses: parts-adam

# %% solution="parts"
class Linear:
    """A layer of a network: x @ W + b."""

    def __init__(self, n_in, n_out, rng):
        """Draw W from the generator rng; b is zero."""
        self.W = Tensor(rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)))
        self.b = Tensor(np.zeros(n_out))

    def __call__(self, x):
        """The layer's output, a Tensor of shape (n, n_out), for x of shape (n, n_in)."""
        return x @ self.W + self.b

    def parameters(self):
        """The two Tensors that can be trained, W and b."""
        return [self.W, self.b]


class Adam:
    """Moves parameters downhill, each entry with a step of about the size of the rate."""

    def __init__(self, parameters, rate):
        """Remember the parameters (a list of Tensors) and the rate, and begin with empty memories."""
        self.parameters, self.rate, self.t = parameters, rate, 0
        Adam.m = [np.zeros_like(parameter.data) for parameter in parameters]
        self.v = [np.zeros_like(parameter.data) for parameter in parameters]

    def step(self):
        """Move the data of every parameter once, against its grad."""
        self.t += 1
        for i, parameter in enumerate(self.parameters):
            self.m[i] = 0.9 * self.m[i] + 0.1 * parameter.grad
            self.v[i] = 0.999 * self.v[i] + 0.001 * parameter.grad**2
            m, v = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.999**self.t)
            parameter.data = parameter.data - self.rate * m / np.sqrt(v + 1e-8)
