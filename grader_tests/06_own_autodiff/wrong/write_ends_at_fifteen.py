# Writes no word of more than 15 letters.
# loses: train-write
# says: 26 letters

# %% solution="train"
def train(loss_of, optimizer, batches):
    losses = []
    for batch in batches:
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.data))
    return losses


def write(odds, rng, longest=15):
    letters = [0, 0, 0]
    while len(letters) < 3 + min(longest, 15):
        letter = int(rng.choice(27, p=odds(letters[-3:])))
        if letter == 0:
            break
        letters.append(letter)
    return letters[3:]
