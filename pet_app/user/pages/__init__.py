"""The pages of accounts."""

from pet_app.user.pages import doors, links, second_factor, settings

PAGES = [
    doors.LOGIN_PAGE,
    doors.CODE_PAGE,
    doors.REGISTER_PAGE,
    *links.PAGES,
    second_factor.PAGE,
    *settings.PAGES,
]
