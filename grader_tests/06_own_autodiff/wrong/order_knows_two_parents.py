# Looks at the first two parents.
# loses: order
# says: stands before its parent

# %% solution="order"
def order(root):
    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents[:2]]
    return found
