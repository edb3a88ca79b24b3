# Keeps predictions 1e-7 away from 0 and 1 before it divides.
# loses: derivative
# says: as good as sure

# %% solution="derivative"
def loss_derivative(y, y_hat):
    y_hat = np.clip(y_hat, 1e-7, 1 - 1e-7)
    return (1 - y) / (1 - y_hat) - y / y_hat
