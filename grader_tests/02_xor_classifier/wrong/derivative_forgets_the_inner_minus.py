# Forgets that the slope of 1 - y_hat is -1.
# loses: derivative
# says: slope of 1 - y_hat

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return -y / y_hat - (1 - y) / (1 - y_hat)
