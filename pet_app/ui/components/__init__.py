"""The pieces pages are made of: `rx.el` and Tailwind only, each in the file of its noun.

buttons.py     button(…, kind="primary|accent|secondary|quiet|danger", size="sm|md|lg", busy=var)
               link_button(…, href=), icon_button(icon, label, on_click=), text_link, spinner
icons.py       icon(name, size)
fields.py      text_field(label, name, help=, error=, suffix=, **input props), text_area,
               select_field(label, name, [(value, text)]), checkbox, switch(label, name, on),
               field(control, …), field_error
choices.py     choice_group(legend, *options, hint=), segment, swatch, tile: radio buttons
cards.py       card, link_card(href=), panel(title, …, action=)
tables.py      table(caption, headings, *rows), row(heading, *cells), facts((name, value), …)
dialogs.py     dialog(title, …, open=var, on_close=handler, name=), dialog_actions
messages.py    notice(…, tone="info|good|warn|danger"), popup(text var, on_dismiss, tone)
conditions.py  skeleton(classes), empty_state(title, text, action), error_state,
               progress(label, percent, note)
cart.py        cart_button(thing, on_click=Basket.put_variant(id) or .put_design(id)), cart_link
postal.py      postal_field(field, drawn=, on_pick=, on_keep=): a line of an address
upload.py      upload(label, name, action=, on_arrived=, fields=): a paper on its way to the API
prices.py      price(Money or text), price_line(label, amount, note)
badges.py      badge(…, tone="plain|brand|accent|good|warn|danger")
drawings.py    drawing("harness"); dog.py measuring_guide()
layouts.py     container, section, page_heading(title, lead, action), section_heading,
               breadcrumb((name, href), …, (name, "")), stitched_rule

Colours are bg-/text-/ring- with paper surface sunk line edge ink muted brand brand-strong on-brand
brand-soft accent accent-soft on-accent good good-soft warn warn-soft danger danger-soft; sizes of
type are text-hero title heading subheading lead body small label; corners rounded-control, -card
and -panel; shadows shadow-card, -lift and -dialog. Both colour modes follow from these.
"""
