# What the published version of this exercise shows: the back-propagated gradient of the first matrix of weights beside
# its centred differences (step 0.01), where the reader sees that the two are very similar, and the predictions after
# training, where the reader sees that they are near 0, 1, 1 and 0.
# "Very similar" is within 1 per cent of the largest entry: the two that are printed there differ by a third of that.
# The published training takes 10000 steps from random weights; this one is as long as the notebook's own, to be fast.

# %% from-backprop-and-from-grad-check
theta = [np.array(matrix) for matrix in START]
A, Z, y_hat = forward_propagation(X, theta)
from_backprop = back_propagation(y, theta, A, Z)[1][0]
from_grad_check = np.zeros(theta[0].shape)
for i in range(theta[0].shape[0]):
    for j in range(theta[0].shape[1]):
        theta[0][i][j] = theta[0][i][j] + 0.01
        above = cost(forward_propagation(X, theta)[2], y)
        theta[0][i][j] = theta[0][i][j] - 2 * 0.01
        below = cost(forward_propagation(X, theta)[2], y)
        theta[0][i][j] = theta[0][i][j] + 0.01
        from_grad_check[i][j] = (above - below) / (2 * 0.01)
assert np.max(np.abs(from_backprop - from_grad_check)) < 0.01 * np.max(np.abs(from_grad_check))

# %% predictions-after-training
theta = train(X, y, [np.array(matrix) for matrix in START], 5.0, 600)[0]
y_hat = forward_propagation(X, theta)[2]
assert np.array_equal(np.round(y_hat), y)
