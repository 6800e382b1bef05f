"""The look and the frame of every page: tokens, components, shells, sign-in state, live updates."""
