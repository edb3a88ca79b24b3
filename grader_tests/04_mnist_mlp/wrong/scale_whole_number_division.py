# Divides whole numbers with //, so that nearly every pixel becomes 0.
# loses: scale-pixels-values scale-pixels-same-for-all
# says: whole numbers

# %% solution="scale-pixels"
def scale_pixels(images):
    return images // 255
