"""What photographs are taken, as the browser has to know it too."""

LARGEST_BYTES = 1_400_000
"""A whole request may have two megabytes, and base64 takes a third more than the picture."""

SIDE_PX = 1600
NOT_ONE = "This is not a photograph we can read. Send a JPEG, PNG or WebP picture."
