# Names in Greek, and text in other scripts.

# %% answer="slope"
def slope(f, x, h=1e-6):
    δ = h  # 步长
    Δƒ = f(x + δ) - f(x - δ)
    return Δƒ / (2 * δ)
