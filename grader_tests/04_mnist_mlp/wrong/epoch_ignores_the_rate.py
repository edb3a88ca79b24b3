# Does not hand the rate on.
# loses: train-one-epoch-steps train-one-epoch-rate
# says: the rate is not handed on

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(len(x_train)):
        train_one_sample(x_train[i], y_train[i])
