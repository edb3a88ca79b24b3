# Leaves losses above 100 out of the mean.
# loses: feed-forward-dataset-loss
# says: Every image counts

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses = []
    correct = 0
    for image, label in zip(x, y, strict=True):
        loss, one_hot_guess = feed_forward_sample(image, label)
        losses.append(loss)
        correct += int(one_hot_guess[label])
    average_loss = np.mean([l for l in losses if l < 100])
    return print_scores(average_loss, correct, len(x))
