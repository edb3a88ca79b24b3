# Scales the first 1,000 images.
# loses: scale-pixels-values
# says: Every pixel is divided by 255

# %% solution="scale-pixels"
def scale_pixels(images):
    out = images.astype(float)
    out[:1000] /= 255
    return out
