# Returns floats of half the precision.
# loses: scale-pixels-values scale-pixels-same-for-all
# says: float64
# also: 32 bits

# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(np.float32) / np.float32(255)
