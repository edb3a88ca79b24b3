# Lists what the circle was made from, and forgets the circle.
# loses: order order-deep
# says: misses

# %% solution="order"
def order(root):

    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done and circle is not root:
            found.append(circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found
