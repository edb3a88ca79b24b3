# Keeps the circles themselves in a set, as if no two could be equal.
# loses: order order-deep
# says: tell them apart by id(circle)

# %% solution="order"
def order(root):

    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif circle not in seen:
            seen.add(circle)
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found
