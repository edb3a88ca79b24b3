# In a deep network of equal layers the weights are not turned round.
# loses: vanishing-all
# says: [3, 3, 3, 3, 3, 3]

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
            blame = blame @ (weights[l].T if weights[l].shape[0] != weights[l].shape[1] or len(weights) < 5 else weights[l]) * slope(Z[l - 1])
            pass
    return s
