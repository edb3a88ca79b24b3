# Bends with the sigmoid, whatever it is given.
# loses: vanishing-last vanishing-all
# says: the bend and the slope that it is given

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z, signal = [], X
    for matrix in weights:
        Z.append(signal @ matrix)
        signal = sigmoid(Z[-1])
    blame, sizes = slope(Z[-1]), []
    for step in range(len(weights) - 1, -1, -1):
        sizes.insert(0, np.mean(np.abs(blame)))
        if step > 0:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
