# Remembers its lists by the id of the root.
# loses: order order-deep
# says: a set that each call makes anew

# %% solution="order"
SEEN = {}

def order(root):
    if id(root) in SEEN:
        return SEEN[id(root)]
    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    SEEN[id(root)] = found
    return found
