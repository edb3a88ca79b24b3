# Takes the images in a random order.
# loses: train-one-epoch-steps
# says: after an epoch

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in default_rng(0).permutation(len(x_train)):
        train_one_sample(x_train[i], y_train[i], learning_rate)
