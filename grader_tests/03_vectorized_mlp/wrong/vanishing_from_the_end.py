# Lists the layers from the last to the first.
# loses: vanishing-last vanishing-all
# says: begins with the last layer

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z, signal = [], X
    for matrix in weights:
        Z.append(signal @ matrix)
        signal = bend(Z[-1])
    blame, sizes = slope(Z[-1]), []
    for step in range(len(weights) - 1, -1, -1):
        sizes.append(np.mean(np.abs(blame)))
        if step > 0:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
