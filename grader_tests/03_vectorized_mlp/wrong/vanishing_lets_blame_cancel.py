# Takes the mean of the blame, not of its size.
# loses: vanishing-all
# says: plus and minus cancel

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z, signal = [], X
    for matrix in weights:
        Z.append(signal @ matrix)
        signal = bend(Z[-1])
    blame, sizes = slope(Z[-1]), []
    for step in range(len(weights) - 1, -1, -1):
        sizes.insert(0, np.mean(blame))
        if step > 0:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
