"""The signed-in owner's home: a shell and an overview composed from other sections."""
