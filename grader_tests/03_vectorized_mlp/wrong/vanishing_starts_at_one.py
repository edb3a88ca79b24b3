# Starts from the blame 1 and forgets the last slope.
# loses: vanishing-last vanishing-all
# says: without the last slope

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z, signal = [], X
    for matrix in weights:
        Z.append(signal @ matrix)
        signal = bend(Z[-1])
    blame, sizes = np.ones_like(Z[-1]), []
    for step in range(len(weights) - 1, -1, -1):
        sizes.insert(0, np.mean(np.abs(blame)))
        if step > 0:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
