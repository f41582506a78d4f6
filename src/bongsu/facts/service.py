"""Services from their fact files, and the labels of their addresses."""

from bongsu.facts.document import Document, Fields
from bongsu.model.label import CATEGORIES, CUSTODIAL, Label
from bongsu.model.service import ACTIONS, Service
from bongsu.model.text import _


def service_of(document: Document) -> Service:
    """Service of one fact file.

    Raises:
        FactsError: When a key is missing or wrong.
    """
    fields = document.body.part("service")
    category = fields.choice("category", CATEGORIES)
    custodial = fields.flag("custodial")
    legal, country, note = fields.company()
    actions = fields.texts("actions")
    if custodial != (category in CUSTODIAL):
        fields.refuse("custodial", _("contradicts the category {category}").format(category=category))
    if not actions or not set(actions) <= set(ACTIONS):
        fields.refuse("actions", _("is empty or not of {choices}").format(choices=ACTIONS))
    return Service(
        id=document.slug,
        name=fields.text("name"),
        category=category,
        legal_entity=legal,
        country=country,
        entity_note=note,
        custodial=custodial,
        actions=actions,
        route=fields.text("route", ""),
        authority=fields.text("authority", ""),
        source=fields.text("source", document.source),
        confidence=fields.whole("confidence", document.confidence),
        valid_from=fields.optional_day("valid_from"),
        valid_to=fields.optional_day("valid_to"),
    )


def service_labels(document: Document, service: Service) -> list[Label]:
    """Labels of the addresses in the service's file; a line is an address and what the source calls it."""
    return [label for part in document.body.parts("addresses") for label in _labels(document, service, part)]


def _labels(document: Document, service: Service, part: Fields) -> list[Label]:
    chain, source = part.text("chain"), part.text("source", document.source)
    category = part.choice("category", CATEGORIES, service.category)
    confidence = part.whole("confidence", document.confidence)
    first, last = part.optional_day("valid_from"), part.optional_day("valid_to")
    return [
        Label(
            chain=chain,
            address=address,
            name=name or service.name,
            category=category,
            entity=service.id,
            source=source,
            confidence=confidence,
            valid_from=first,
            valid_to=last,
            license=part.text("license", document.license),
        )
        for address, name in part.table()
    ]
