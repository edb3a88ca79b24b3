# What the tests of micrograd, the best known small engine, compare: two formulas at one point each, against PyTorch.
# micrograd has a ReLU where this course's Value has none: a tanh stands in its place, and PyTorch gave new numbers.
# Nothing is published for the arrays; that the loss of a training falls is what most readers would look at.

# %% micrograd's sanity check
x = Value(-4.0)
z = 2 * x + 2 + x
q = z.tanh() + z * x
h = (z * z).tanh()
y = h + q + q * x
y.backward()
assert abs(y.data - -116.00000001236691) < 1e-6
assert abs(x.grad - 104.99999992992078) < 1e-6

# %% micrograd's more operations
a, b = Value(-4.0), Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).tanh()
d += 3 * d + (b - a).tanh()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
g.backward()
assert abs(g.data - 4.625192144640555) < 1e-6
assert abs(a.grad - 27.060135135849503) < 1e-6
assert abs(b.grad - 117.33448345392043) < 1e-6

# %% the loss of a layer falls
rng = np.random.default_rng(0)
x = rng.normal(0, 1, (20, 3))
target = np.tanh(x.sum(1, keepdims=True))
layer = Linear(3, 1, rng)
losses = train(lambda batch: ((layer(x).tanh() - target) ** 2).mean(), Adam(layer.parameters(), 0.05), [0] * 60)
assert losses[-1] < losses[0] / 2
