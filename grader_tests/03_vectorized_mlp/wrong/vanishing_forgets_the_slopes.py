# Walks back along the weights and leaves out the slopes of the hidden layers.
# loses: vanishing-all
# says: slopes of the hidden layers are missing

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z, signal = [], X
    for matrix in weights:
        Z.append(signal @ matrix)
        signal = bend(Z[-1])
    blame, sizes = slope(Z[-1]), []
    for step in range(len(weights) - 1, -1, -1):
        sizes.insert(0, np.mean(np.abs(blame)))
        if step > 0:
            blame = blame @ weights[step].T
    return sizes
