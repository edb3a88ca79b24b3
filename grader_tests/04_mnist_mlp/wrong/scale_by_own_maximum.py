# Divides by the largest pixel of what it is given.
# loses: scale-pixels-same-for-all
# says: pale image

# %% solution="scale-pixels"
def scale_pixels(images):
    return images / np.maximum(images.max(), 1)
