"""The catalogue as pages show it: plain values, the same for the server's HTML and for the state.

card.py     a product on a shelf
shelf.py    the shop as an address asks for it: cards, filters with counts, chips, ways on
product.py  a product on its own page: variants to choose, reviews, size chart
words.py    names of values, colours, dates
data.py     a product in schema.org's words
"""
