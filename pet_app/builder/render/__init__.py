"""From parts to a photo-real picture, on the CPU."""
