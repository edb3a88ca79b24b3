# Takes the activation for the argument of dsigmoid: x (1 - x).
# loses: dsigmoid
# says: as if it were sigmoid(x)

# %% solution="dsigmoid"
def dsigmoid(x):
    return x * (1 - x)
