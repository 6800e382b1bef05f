"""What papers are taken, as pages and the API have to know it too."""

LARGEST_BYTES = 8 * 1024 * 1024
MOST_PAGES = 10
LONG_SIDE_PX = 2000
MOST_PIXELS = 50_000_000
LEAST_PX = 200
"""Less on its shorter side, and nobody can read the writing on it."""

ACCEPTED = {"application/pdf": [".pdf"], "image/jpeg": [".jpg", ".jpeg"], "image/png": [".png"]}

TOO_LARGE = "This file is larger than 8 MB. Send a smaller one, or a photo of the paper."
TOO_LONG = "We could not read this file. Take a photo of the paper and send that."
NOT_ONE = "This is not a PDF, JPEG or PNG we can read. Take a photo of the paper and send that."
ENCRYPTED = "This PDF is locked with a password. Save it without one, or send a photo."
BROKEN = "This PDF is damaged. Save it once more, or take a photo of the paper."
SCRIPTED = "This PDF contains programs or other files. Print it to PDF once more, or send a photo."
EMPTY = "This PDF has no pages."
MANY_PAGES = "This PDF has {pages} pages; we take {most}. Send the pages that matter."
TOO_SMALL = "This picture is too small to read. Take a larger photo of the paper."
TOO_MANY_PIXELS = "This picture is too large to open. Take a photo with fewer pixels."
BLANK = "There is nothing to be seen on this paper. Take another photo of it."
