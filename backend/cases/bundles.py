"""The three plain bundles of the form: one word that stands for purposes and classes. Pure, from the code list."""

from dataclasses import replace

from backend.cases.terms import ConsentTerms, class_of_service, in_order
from backend.reference.lists import code_exists, entry


def filled(terms: ConsentTerms) -> ConsentTerms:
    """Return the terms with the purposes and classes of their bundle, where the form said the bundle alone.

    With them goes the class of each service to which the person is sent. What was said stays as it was said, and so
    does an unknown bundle: both are judged with the rest of the terms.
    """
    if not code_exists("consent_bundles", terms.bundle) or (terms.purposes and terms.data_classes):
        return terms
    bundle = entry("consent_bundles", terms.bundle)
    classes = set(bundle.values("data_classes"))
    if bundle.is_yes("adds_class_of_service"):
        classes |= {code for named in terms.recipients for code in class_of_service(named)}
    return replace(
        terms,
        purposes=terms.purposes or bundle.values("purposes"),
        data_classes=terms.data_classes or in_order(classes),
    )
