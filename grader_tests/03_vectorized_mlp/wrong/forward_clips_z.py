# Clips what a unit receives at 30, against an overflow that the given sigmoid does not know.
# loses: forward-z

# %% solution="forward"
def forward_propagation(X, theta):
    """Predictions of a network for all points at once, and everything computed on the way.

    Args:
        X: the inputs, shape (m, n_0), one point a row.
        theta: list of L arrays; number l has shape (n_{l+1}, n_l + 1), biases in column 0.
            It stays as it is.

    Returns:
        A: list of L + 1 arrays. A[0] is X with a column of ones in front, shape (m, n_0 + 1).
            The next ones have a column of ones too, shape (m, n_l + 1).
            The last one is the prediction, without ones, shape (m, n_L).
        Z: list of L arrays; Z[l] has shape (m, n_{l+1}).
        y_hat: the prediction, the same numbers as A[-1].

    Example: for X and START, Z[0][2] is [-0.8, 1.3], and y_hat[0, 0] is 0.7319 (four digits).
    """
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(np.clip(A[-1] @ matrix.T, -30, 30))
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    y_hat = A[-1][:, 1:]
    A[-1] = y_hat
    return A, Z, y_hat
