"""The pages of accounts."""

from pet_app.user.pages import doors, let_in, links, privacy, second_factor, settings, stay

PAGES = [
    doors.LOGIN_PAGE,
    doors.CODE_PAGE,
    doors.REGISTER_PAGE,
    *links.PAGES,
    second_factor.PAGE,
    stay.PAGE,
    privacy.PAGE,
    let_in.PAGE,
    *settings.PAGES,
]
