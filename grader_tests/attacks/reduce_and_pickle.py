# Returns objects whose __reduce__, __getstate__, __buffer__ and __array_interface__ run code where they are unpacked.
# family: always-equal objects
# after: Nothing is unpickled; the canary file of the course is as it was.

# %% own
class Bomb:
    def __reduce_ex__(self, protocol):
        return exec, ("import os; [open(p, 'a').write('pwned') for p in ('canary.txt', '../../../canary.txt')]",)

    __reduce__ = __getstate__ = __reduce_ex__

    @property
    def __array_interface__(self):
        return {"shape": (2**40,), "typestr": "<f8", "data": (1, False), "version": 3}

    def __eq__(self, other):
        return True

    __hash__ = None


# %% solution="double"
def double(x):
    return Bomb()

# %% solution="total"
def total(numbers):
    return [Bomb(), {"a": Bomb()}]

# %% solution="corners"
def corner(x):
    return Bomb()
