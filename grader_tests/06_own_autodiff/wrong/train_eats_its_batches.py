# Takes each batch out of the list.
# loses: train-loop
# says: as it is

# %% solution="train"
def train(loss_of, optimizer, batches):
    losses = []
    while batches:
        batch = batches.pop(0)
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.data))
    return losses


def write(odds, rng, longest=15):
    letters = [0, 0, 0]
    while len(letters) < 3 + longest:
        letter = int(rng.choice(27, p=odds(letters[-3:])))
        if letter == 0:
            break
        letters.append(letter)
    return letters[3:]
