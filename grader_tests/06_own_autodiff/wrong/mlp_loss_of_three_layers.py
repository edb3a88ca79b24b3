# Goes through three layers at most.
# loses: notebooks-mlp
# says: could not be broadcast

# %% solution="notebooks"
def sigmoid(z):
    return (z * 0.5).tanh() * 0.5 + 0.5


def xor_loss(W, b, v, c, X, y):
    z = X @ W + b
    s = (z * (z.data > 0)) @ v + c
    return ((1 + s.exp()).log() - s * y).sum()


def mlp_loss(thetas, X, y):
    a = X
    for theta in thetas[:3]:
        a = sigmoid(a @ theta[:, 1:].T + theta[:, 0])
    return ((a - y) ** 2).mean()


def digit_loss(weights, biases, sample, label):
    a = sample
    for W, b in zip(weights[:-1], biases[:-1]):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    return (z.logsumexp(1) - z[:, label]).sum()


def tanh_loss(w1, w2, b, x, t):
    y = ((w1 * x).tanh() * w2 + b).tanh()
    return (y - t) ** 2 * 0.5
