# Takes the sigmoid of x before it takes the slope.
# loses: dsigmoid train-one-sample-db2 train-one-sample-dw2 train-one-sample-db1 train-one-sample-dw1
# says: it wants x

# %% solution="dsigmoid"
def dsigmoid(x):
    s = sigmoid(sigmoid(x))
    return s * (1 - s)
