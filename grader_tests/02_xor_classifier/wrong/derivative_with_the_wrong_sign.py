# Has both signs the other way round.
# loses: derivative
# says: sign

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return y / y_hat - (1 - y) / (1 - y_hat)
