# Takes the slopes at the outputs of the bends.
# loses: vanishing-last vanishing-all
# says: not at what goes into the bend

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z, signal = [], X
    for matrix in weights:
        signal = bend(signal @ matrix)
        Z.append(signal)
    blame, sizes = slope(Z[-1]), []
    for step in range(len(weights) - 1, -1, -1):
        sizes.insert(0, np.mean(np.abs(blame)))
        if step > 0:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
