"""Made-up values for the components that lead from a sore place to a phone number."""

from types import SimpleNamespace as Sample

from clinicsite.modalities.body_map import body_map_of


def samples(picture, place):
    """Component name to the variables it is shown with; `place` is a sample of a location."""
    body_map = _body_map(picture)
    evidence = [_evidence(picture, strength) for strength in ("some", "little", "unknown", None)]
    return {
        "body_map": {"body_map": body_map},
        "condition_row": {"condition": body_map.conditions[0]},
        "conditions_by_region": {"body_map": body_map},
        "evidence": {"treatment": evidence[0].treatment, "statement": evidence[0].statement},
        "evidence_list": {"evidence": evidence},
        "evidence_strength": {"statement": evidence[0].statement},
        "nearby": {"places": [place, place]},
        "nearby_place": {"place": place},
        "region_list": {"groups": body_map.groups},
        "treated_conditions": {"evidence": evidence},
        "where_it_hurts": {"body_map": body_map},
    }


def _body_map(picture):
    return body_map_of(
        [
            _condition(1, "Tennis elbow", ["elbow"], picture),
            _condition(2, "Sciatica", ["lower-back", "hip", "lower-leg"], picture),
            _condition(3, "Muscle spasm", ["whole-body"], picture),
        ]
    )


def _condition(number, title, regions, picture):
    return Sample(
        pk=number,
        title=title,
        url=f"#condition-{number}",
        composed_summary="What it is, and what helps.",
        composed_hero_image=picture,
        composed_body_regions=regions,
    )


def _evidence(picture, strength):
    condition = Sample(title="Tennis elbow", url="#condition")
    summary = "A thin needle in a tight spot of the muscle."
    treatment = Sample(
        title="Dry needling", url="#treatment", composed_hero_image=picture, composed_summary=summary
    )
    if strength is None:
        return Sample(treatment=treatment, condition=condition, statement=None)
    words = {"some": "Some evidence", "little": "Little evidence", "unknown": "Not known"}[strength]
    statement = Sample(
        strength=strength,
        get_strength_display=words,
        statement="In 28 trials, pain was lower in the short term than after sham needling.",
        reference_id=None,
    )
    return Sample(treatment=treatment, condition=condition, statement=statement)
