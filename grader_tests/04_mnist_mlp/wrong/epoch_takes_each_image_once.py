# Takes an image that comes twice only once, though its labels differ.
# loses: train-one-epoch-steps
# says: Every image of x_train makes its step

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in sorted(np.unique(x_train.reshape(len(x_train), -1), axis=0, return_index=True)[1]):
        train_one_sample(x_train[i], y_train[i], learning_rate)
