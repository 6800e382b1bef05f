"""What a shop could render its pictures with instead, each run in a process of its own.

Every module draws one scene of `tests.references` and prints what it took as one line of JSON, see
`measured.py`.
"""
