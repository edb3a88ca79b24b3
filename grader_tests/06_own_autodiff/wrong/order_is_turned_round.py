# Gives the list from the end to the start: children before parents.
# loses: order order-deep
# says: before its parent

# %% solution="order"
def order(root):

    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.insert(0, circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found
