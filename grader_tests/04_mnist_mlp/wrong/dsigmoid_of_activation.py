# Takes the activation for the argument of dsigmoid: x (1 - x).
# loses: dsigmoid train-one-sample-db2 train-one-sample-dw2 train-one-sample-db1 train-one-sample-dw1
# says: as if it were sigmoid(x)
# says: dsigmoid right?

# %% solution="dsigmoid"
def dsigmoid(x):
    return x * (1 - x)
