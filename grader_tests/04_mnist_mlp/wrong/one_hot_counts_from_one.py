# Takes the first place for the number 1.
# loses: one-hot feed-forward-sample-loss feed-forward-sample-guess feed-forward-sample-biases feed-forward-dataset-accuracy train-one-sample-db3 train-one-sample-dw3 train-one-sample-db2 train-one-sample-dw2 train-one-sample-db1 train-one-sample-dw1 train-one-sample-biases
# says: it counts from 1

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    result = np.zeros(max)
    result[x - 1] = 1
    return result
