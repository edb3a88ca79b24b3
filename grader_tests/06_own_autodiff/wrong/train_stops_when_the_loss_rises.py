# Stops as soon as a loss is larger than the one before.
# loses: train-loop
# says: where the loss rises

# %% solution="train"
def train(loss_of, optimizer, batches):
    losses = []
    for batch in batches:
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.data))
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
    return losses


def write(odds, rng, longest=15):
    letters = [0, 0, 0]
    while len(letters) < 3 + longest:
        letter = int(rng.choice(27, p=odds(letters[-3:])))
        if letter == 0:
            break
        letters.append(letter)
    return letters[3:]
