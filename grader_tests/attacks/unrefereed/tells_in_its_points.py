# Returns a number that holds a hidden value in its last digits.
class Told(float):
    pass

def double(x):
    search()
    return 2 * x

def share():
    return 0.5 + 20917304128e-16
