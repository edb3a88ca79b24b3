# The check looks at row 0 and at the notebook variable W, whatever it is given, and puts no weight back.
# loses: gradient-check-right gradient-check-ratio gradient-check-eps gradient-check-unchanged gradient-check-slip
# says: turned while the next

# %% own
W = np.full(9, 0.1)
targets_of_notebook = y


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    forward = forward_propagation(X[0], targets_of_notebook[0], W)
    gradients = backward_propagation(X[0], W, forward)
    gradients = [gradients[f"dw{i}"] for i in range(1, 10)]
    approx = []
    for i in range(len(W)):
        W[i] = W[i] + eps
        up = forward_propagation(X[0], targets_of_notebook[0], W)["L"]
        W[i] = W[i] - 2 * eps
        down = forward_propagation(X[0], targets_of_notebook[0], W)["L"]
        W[i] = W[i]
        approx.append((up - down) / (2 * eps))
    difference = np.linalg.norm(np.subtract(gradients, approx))
    return difference / (np.linalg.norm(gradients) + np.linalg.norm(approx))
