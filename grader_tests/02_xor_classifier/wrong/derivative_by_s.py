# Returns y_hat - y, the slope by the number before the sigmoid.
# loses: derivative
# says: slope by s

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return y_hat - y
