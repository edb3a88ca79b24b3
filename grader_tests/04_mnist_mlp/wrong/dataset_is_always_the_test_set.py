# Goes through x_test and y_test, whatever it is given.
# loses: feed-forward-dataset-loss feed-forward-dataset-accuracy
# says: variable x_test

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses, correct = [], 0
    for image, label in zip(x_test, y_test):
        loss, guess = feed_forward_sample(image, label)
        losses.append(loss)
        correct += int(guess[label])
    average_loss = np.mean(losses)
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)
