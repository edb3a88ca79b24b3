# Scales in place where it can, and so spoils the images of the caller.
# loses: scale-pixels-same-for-all
# says: changed

# %% solution="scale-pixels"
def scale_pixels(images):
    if images.dtype == np.uint8:
        return images / 255
    images /= 255
    return images
