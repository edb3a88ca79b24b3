# Trains on the first 1,000 images.
# loses: train-one-epoch-steps
# says: Every image of x_train makes its step

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in with_progress(range(min(len(x_train), 1000))):
        train_one_sample(x_train[i], y_train[i], learning_rate)
