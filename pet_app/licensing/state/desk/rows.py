"""Cases as rows of the queue: for whom, what for, how long they wait."""

from dataclasses import dataclass

from pet_app.licensing.service import QueueItem

AGES = {"fresh": "", "ageing": "warn", "overdue": "danger"}
STATUS_WORDS = {
    "in_review": "To decide",
    "needs_more": "Owner asked for more",
    "awaiting_payment": "Waiting for payment",
    "approved": "Approved",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}
STATUS_TONES = {"approved": "good", "rejected": "danger", "needs_more": "warn"}
AUDIT_WORDS = {"wanted": "To look at", "passed": "Was right", "failed": "Was wrong"}
SOURCES = {"online": "Online", "counter": "At the counter", "legacy": "Taken in from elsewhere"}


@dataclass(frozen=True)
class QueueRow:
    """One case in the list. `age` is a tone: empty, warn or danger."""

    id: str
    href: str
    pet: str
    species: str
    holder: str
    kind: str
    town: str
    waiting: str
    age: str
    fee: str
    held: str
    assigned: str
    papers: str
    mark: str
    mark_tone: str


def row_of(item: QueueItem, *, with_town: bool) -> QueueRow:
    """One case as a row; its town only where several are listed."""
    mark, tone = "", "plain"
    if item.audit:
        mark = AUDIT_WORDS.get(item.audit, item.audit)
        tone = {"wanted": "brand", "passed": "good", "failed": "danger"}.get(item.audit, "plain")
    elif item.status != "in_review":
        mark = STATUS_WORDS.get(item.status, item.status)
        tone = STATUS_TONES.get(item.status, "plain")
    elif item.source == "counter":
        mark = SOURCES["counter"]
    return QueueRow(
        id=item.id,
        href=f"/licensing/desk/{item.id}",
        pet=item.pet_name or "No name yet",
        species=item.species,
        holder=item.holder_name,
        kind=item.kind_words,
        town=item.town_name if with_town else "",
        waiting=waited(item),
        age=AGES[item.age] if item.waiting_days is not None else "",
        fee=str(item.fee) if item.fee.cents else "No fee",
        held="" if item.held_by_me else item.held_name if item.held_by else "",
        assigned=item.assigned_name,
        papers=_papers(item.documents),
        mark=mark,
        mark_tone=tone,
    )


def _papers(count: int) -> str:
    return f"{count} paper{'' if count == 1 else 's'}" if count else "No papers"


def waited(item: QueueItem) -> str:
    """How long a case has lain there, or since when it does not."""
    if item.waiting_days is None:
        return f"{item.decided:%-d %b %Y}" if item.decided else ""
    if item.waiting_days == 0:
        return "Today"
    return f"{item.waiting_days} day{'' if item.waiting_days == 1 else 's'}"
