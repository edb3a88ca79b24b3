# A blame below 1e-12 counts as 0.
# loses: vanishing-all
# says: tiny weights

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    Z = []
    for m in weights:
        Z.append(X @ m)
        X = bend(Z[-1])
    blame, s = slope(Z[-1]), []
    for l in reversed(range(len(weights))):
        s.insert(0, np.mean(np.abs(blame)))
        if l:
            blame = blame @ weights[l].T * slope(Z[l - 1])
            blame = np.where(np.abs(blame) < 1e-12, 0, blame)
    return s
