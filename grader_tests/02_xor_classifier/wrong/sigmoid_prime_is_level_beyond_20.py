# Beyond 20 the slope is taken to be 0.
# loses: slopes-sigmoid
# says: far from 0

# %% solution="slopes"
def sigmoid_prime(z):
    s = sigmoid(z)
    return np.where(np.abs(z) > 20, 0.0, s * (1 - s))
def relu_prime(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)
