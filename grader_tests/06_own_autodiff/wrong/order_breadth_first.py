# Goes level by level, and notes each circle when it is first met.
# loses: order order-deep
# says: on the way up

# %% solution="order"
def order(root):

    found, seen, level = [], {id(root)}, [root]
    while level:
        found += level
        following = []
        for circle in level:
            for parent in circle.parents:
                if id(parent) not in seen:
                    seen.add(id(parent))
                    following.append(parent)
        level = following
    return found[::-1]
