# Does not subtract the largest score, so that large scores give nan.
# loses: softmax-stable
# says: what can you subtract

# %% solution="softmax"
def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))
