# Takes the sigmoid of x before it takes the slope.
# loses: dsigmoid
# says: it wants x

# %% solution="dsigmoid"
def dsigmoid(x):
    s = sigmoid(sigmoid(x))
    return s * (1 - s)
