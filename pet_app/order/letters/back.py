"""What we write about what is to come back, or to be made once more."""

from pet_app.core.mail.letter import Button, Facts, Fine, Letter, Text
from pet_app.order.letters.words import ANSWER
from pet_app.order.models import Order, OrderLine, ReturnRequest
from pet_app.order.rules import ReturnKind, ReturnState


def return_asked(order: Order, request: ReturnRequest, line: OrderLine, link: str) -> Letter:
    """We have read that something is to come back, or to be made again."""
    remake = request.kind == ReturnKind.REMAKE
    return Letter(
        "order.return_asked",
        f"We have your request: order {order.number}",
        (
            Text(
                "It does not fit, and that is ours to mend. Our workshop looks at what you wrote "
                "and answers within two working days."
                if remake
                else "You want to send something back. We answer within two working days; please "
                "wait with the parcel until then."
            ),
            Facts((("Order", order.number), (f"{request.quantity} × {line.title}", line.words))),
            Button("See your order", link),
            Fine(ANSWER),
        ),
    )


def return_decided(order: Order, request: ReturnRequest, line: OrderLine, link: str) -> Letter:
    """The answer to such a request."""
    what = f"{request.quantity} × {line.title}"
    subject, said = DECIDED[ReturnKind(request.kind), ReturnState(request.state)]
    answer = [Text(request.answer)] if request.answer else []
    return Letter(
        "order.return_decided",
        subject.format(number=order.number),
        (
            Text(said),
            *answer,
            Facts((("Order", order.number), (what, line.words or " "))),
            Button("See your order", link),
            Fine(ANSWER),
        ),
    )


DECIDED = {
    (ReturnKind.RETURN, ReturnState.APPROVED): (
        "Please send it back: order {number}",
        (
            "Yes, send it back to us, unused and in its wrapping. Put the order number into the "
            "parcel. Once it is here, your money goes back the way it came."
        ),
    ),
    (ReturnKind.RETURN, ReturnState.DECLINED): (
        "About your return: order {number}",
        "We cannot take this back, and want you to know why.",
    ),
    (ReturnKind.RETURN, ReturnState.RECEIVED): (
        "Your return is here: order {number}",
        "What you sent back is with us again. Your money is on its way; we write when it has left.",
    ),
    (ReturnKind.REMAKE, ReturnState.APPROVED): (
        "We make it once more: order {number}",
        (
            "We make it once more, so that it fits, and it costs you nothing. Keep using the "
            "first one if it does not chafe; you need not send it back."
        ),
    ),
    (ReturnKind.REMAKE, ReturnState.DECLINED): (
        "About the fit: order {number}",
        "We looked at it carefully and will not make it again as it is.",
    ),
}
