"""Any library, any overrides, additions and retired sections, as Hypothesis makes them up."""

from hypothesis import strategies as st

from clinicsite.library.composition import Action, Addition, Lock, Override, Retired, Section

IDS = list("abcdef")

words = st.sampled_from(["", "one", "two", "three"])
bodies = st.lists(st.fixed_dictionaries({"type": st.just("paragraph"), "value": words}), max_size=2)
trails = st.lists(st.sampled_from(IDS), unique=True).map(tuple)


def sections(ids):
    return st.builds(
        Section, ids, st.sampled_from(["overview", "risks"]), words, bodies, st.sampled_from(Lock)
    )


def own_texts(section_id):
    base = sections(st.just(section_id))
    return st.builds(
        Override, st.just(section_id), st.sampled_from(Action), words, bodies, base, trails, st.booleans()
    )


libraries = st.lists(sections(st.sampled_from(IDS)), unique_by=lambda section: section.id)
overrides_by_id = st.lists(st.sampled_from(IDS).flatmap(own_texts), unique_by=lambda row: row.section_id).map(
    lambda rows: {row.section_id: row for row in rows}
)
addition_lists = st.lists(
    st.builds(
        Addition,
        sections(st.sampled_from(["x1", "x2", "x3", "x4"])),
        st.sampled_from(["", *IDS]),
        st.booleans(),
        trails,
    ),
    unique_by=lambda addition: addition.section.id,
)


retired_lists = st.lists(
    st.builds(Retired, sections(st.sampled_from(IDS)), trails), unique_by=lambda one: one.section.id
)
