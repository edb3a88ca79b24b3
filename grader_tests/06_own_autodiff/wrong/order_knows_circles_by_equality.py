# Keeps what it has seen in a list, where circles with equal numbers are one.
# loses: order order-deep
# says: tell them apart by id(circle)

# %% solution="order"
def order(root):

    found, waiting = [], [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif circle not in found:
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found
