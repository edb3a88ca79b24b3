# Divides the scores themselves by their sum.
# loses: softmax-value softmax-stable
# says: the exponentials are missing

# %% solution="softmax"
def softmax(x):
    return x / np.sum(x)
