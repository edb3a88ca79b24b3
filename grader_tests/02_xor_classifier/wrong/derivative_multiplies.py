# Multiplies by y_hat (1 - y_hat) where it should divide.
# loses: derivative
# says: multiplied where it should divide

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return (y_hat - y) * y_hat * (1 - y_hat)
