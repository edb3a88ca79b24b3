# Differentiates the squared error.
# loses: derivative
# says: squared error

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return 2 * (y_hat - y)
