# The graders of the published version of this exercise, written anew from the numbers that they compare with.
# Each comparison there is an exact `==`; here each stands in a cell of its own, so that one can be told from another.
# The published gradient check looks at one row only, and its limit is 10**-3; so it is here.
# There are no graders for the optimizers: the text asks the reader to see in a plot that the loss falls.

# %% grader_sigmoid
assert sigmoid(2) == 0.8807970779778823

# %% grader_forwardprop-dL
forward = forward_propagation(X[0], y[0], np.ones(9) * 0.1)
assert forward["dL"] == -1.9285278284819143

# %% grader_forwardprop-L
forward = forward_propagation(X[0], y[0], np.ones(9) * 0.1)
assert forward["L"] == 0.9298048963072919

# %% grader_forwardprop-val_1
forward = forward_propagation(X[0], y[0], np.ones(9) * 0.1)
assert forward["val_1"] == 1.1272967040973583

# %% grader_forwardprop-part_1
forward = forward_propagation(X[0], y[0], np.ones(9) * 0.1)
assert forward["part_1"] == 0.8417934192562146

# %% grader_forwardprop-sigmoid
forward = forward_propagation(X[0], y[0], np.ones(9) * 0.1)
assert forward["sigmoid"] == 0.5279179387419721

# %% grader_backprop-dw1
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw1"] == -0.22973323498702003

# %% grader_backprop-dw2
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw2"] == -0.021407614717752925

# %% grader_backprop-dw3
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw3"] == -0.005625405580266319

# %% grader_backprop-dw4
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw4"] == -0.004657941222712423

# %% grader_backprop-dw5
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw5"] == -0.0010077228498574246

# %% grader_backprop-dw6
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw6"] == -0.6334751873437471

# %% grader_backprop-dw7
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw7"] == -0.561941842854033

# %% grader_backprop-dw8
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw8"] == -0.04806288407316516

# %% grader_backprop-dw9
w = np.ones(9) * 0.1
gradients = backward_propagation(X[0], w, forward_propagation(X[0], y[0], w))
assert gradients["dw9"] == -1.0181044360187037

# %% grader_grad_check
w = np.array([
    0.00324521, 0.0213234, 0.00142312, -0.00102312, 0.00120120, 0.001141412, 0.00258421, 0.3212311, 0.0121212,
])
assert np.all(gradient_checking(X[0], y[0], w) <= 10**-3)

# %% the-loss-falls-vanilla
start = np.random.default_rng(0).normal(0, 0.01, 9)
losses = train_vanilla(X, y, start, epochs=3, eta=0.001)[1]
assert losses[-1] < losses[0]

# %% the-loss-falls-momentum
start = np.random.default_rng(0).normal(0, 0.01, 9)
losses = train_momentum(X, y, start, epochs=3, eta=0.001, gamma=0.9)[1]
assert losses[-1] < losses[0]

# %% the-loss-falls-adam
start = np.random.default_rng(0).normal(0, 0.01, 9)
losses = train_adam(X, y, start, epochs=3, eta=0.001)[1]
assert losses[-1] < losses[0]
