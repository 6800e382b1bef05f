"""What licences and applications are found by: words without case, marks and accents."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
LONGEST = 400


def search_words(*texts: str) -> str:
    """The words of some texts, each once, as both what is kept and what is typed is written."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(dict.fromkeys(WORD.findall(plain)))[:LONGEST].strip()
