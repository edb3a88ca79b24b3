# Takes an image without a pixel above 1 for one that is scaled already.
# loses: scale-pixels-same-for-all
# says: none is above 1
# also: one and the same factor

# %% solution="scale-pixels"
def scale_pixels(images):
    images = np.asarray(images, dtype=float)
    return images if images.max() <= 1 else images / 255
