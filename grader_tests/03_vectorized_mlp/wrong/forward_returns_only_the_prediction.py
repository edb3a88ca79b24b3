# Returns the prediction and forgets A and Z.
# loses: forward-input forward-z forward-hidden forward-output forward-layers
# says: return 3 things

# %% solution="forward"
def forward_propagation(X, theta):
    signal = X
    for matrix in theta:
        signal = sigmoid(np.hstack((np.ones((len(X), 1)), signal)) @ matrix.T)
    return signal
