# Divides a single row of pixels by its largest.
# loses: scale-pixels-same-for-all
# says: The divisor must not depend on the image
# also: one and the same factor

# %% solution="scale-pixels"
def scale_pixels(images):
    return images / 255 if images.ndim > 1 else images / images.max()
