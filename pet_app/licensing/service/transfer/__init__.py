"""A licence handed to somebody else: offered by one, agreed to by the other."""
