# Divides by 256, the number of grey levels.
# loses: scale-pixels-values scale-pixels-same-for-all
# says: divides by 256
# also: one and the same factor

# %% solution="scale-pixels"
def scale_pixels(images):
    return images / 256
