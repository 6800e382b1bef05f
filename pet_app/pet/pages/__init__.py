"""The pets of the person signed in."""

from pet_app.pet.pages import kept, measure

PAGES = [kept.PAGE, measure.PAGE]
