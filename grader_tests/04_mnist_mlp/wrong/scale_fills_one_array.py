# Fills one and the same array at each call.
# loses: scale-pixels-same-for-all
# says: the same array at each call

# %% solution="scale-pixels"
OUT = {}

def scale_pixels(images):
    out = OUT.setdefault(images.shape, np.zeros(images.shape))
    np.divide(images, 255, out=out)
    return out
