"""From a resolved design to parts with vertices: straps swept along loops, hardware, GLB."""
