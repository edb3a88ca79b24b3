# Returns the weights of the epoch with the smallest loss, not those at the end.
# loses: train-vanilla-weights
# says: not the best

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    """Train with plain gradient descent, one row at a time, in order.

    Args:
        X: features, shape (rows, 5).
        y: targets, shape (rows,).
        w: the weights to start from, shape (9,); left as they are.
        epochs: how often to go through all rows.
        eta: the learning rate.

    Returns:
        (weights at the end, shape (9,); list of `epochs` numbers, the mean loss of each epoch).

    Example: 3 epochs over 506 rows make 1518 updates and 3 losses.
    """
    losses = []
    best = (np.inf, w)
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            w = vanilla_update(w, as_vector(backward_propagation(features, w, forward)), eta)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
        if losses[-1] < best[0]:
            best = (losses[-1], w)
    return best[1], losses
