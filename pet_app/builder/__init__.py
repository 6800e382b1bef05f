"""Design gear in 3D: rules, price, geometry, rendered previews and the saved designs."""
