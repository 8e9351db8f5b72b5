"""Persons follow from evidence alone: not from its order, its repetition, or what was undone and restored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ledger.identity.joining import Id, Link, persons_of

MEMBER, BUYER, CONTACT = ("member", "1-m"), ("buyer", "1-b"), ("contact", "c")
PHONE: Id = ("phone", "p")


def _of(name: str, left: Id, right: Id) -> Link:
    return Link(name, left, right, is_weak=right[0] == "phone")


_IDS = [*(("member", f"{shop}-m{n}") for shop in (1, 2) for n in range(4)),
        *(("buyer", f"{shop}-b{n}") for shop in (1, 2) for n in range(4)),
        *(("contact", f"c{n}") for n in range(4))]  # fmt: skip
_RIGHT = [*(("buyer", f"{shop}-b{n}") for shop in (1, 2) for n in range(4)), *(("phone", f"p{n}") for n in range(5)),
          ("union", "u0"), ("union", "u1")]  # fmt: skip
_EVIDENCE = st.lists(
    st.builds(
        lambda left, right, agreed: Link(
            f"{left[1]}|{right[1]}", left, right, is_weak=right[0] == "phone", has_consent=agreed
        ),
        st.sampled_from(_IDS), st.sampled_from(_RIGHT), st.sampled_from([True, True, True, False]),
    ),
    max_size=14, unique_by=lambda link: link.merge_id,
)  # fmt: skip


def test_a_member_and_the_buyer_that_a_file_states_are_one_person_named_by_the_buyer() -> None:
    found = persons_of([_of("a", MEMBER, BUYER)])

    assert found.person_of == {MEMBER: BUYER, BUYER: BUYER}


def test_no_evidence_makes_no_persons() -> None:
    assert persons_of([]).person_of == {}


def test_a_phone_joins_a_member_and_a_contact() -> None:
    found = persons_of([_of("a", MEMBER, PHONE), _of("b", CONTACT, PHONE)])

    assert found.person_of[CONTACT] == MEMBER


def test_a_phone_without_consent_joins_nobody() -> None:
    links = [Link("a", MEMBER, PHONE, is_weak=True, has_consent=False), Link("b", CONTACT, PHONE, True, False)]

    found = persons_of(links)

    assert found.states == {"a": "no_consent", "b": "no_consent"}
    assert found.person_of == {}


def test_a_phone_of_two_members_of_one_store_is_a_household() -> None:
    links = [_of("a", MEMBER, PHONE), _of("b", ("member", "1-n"), PHONE), _of("c", CONTACT, PHONE)]

    found = persons_of(links)

    assert set(found.states.values()) == {"ambiguous"}
    assert found.person_of == {}


def test_a_contact_with_two_phones_does_not_unite_the_two_members_behind_them() -> None:
    other: Id = ("phone", "q")
    links = [_of("a", MEMBER, PHONE), _of("b", CONTACT, PHONE), _of("c", CONTACT, other),
             _of("d", ("member", "1-n"), other)]  # fmt: skip

    assert set(persons_of(links).states.values()) == {"ambiguous"}


def test_members_of_two_stores_with_one_phone_are_one_person() -> None:
    found = persons_of([_of("a", MEMBER, PHONE), _of("b", ("member", "2-m"), PHONE)])

    assert found.person_of[("member", "2-m")] == MEMBER


@given(_EVIDENCE, st.randoms())
def test_any_order_of_evidence_and_any_replay_gives_the_same_persons(links: list[Link], chance: object) -> None:
    shuffled = [*links, *links]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random as object

    assert persons_of(shuffled) == persons_of(links)


@given(_EVIDENCE, st.data())
def test_undoing_equals_never_having_known(links: list[Link], data: st.DataObject) -> None:
    undone = data.draw(st.sets(st.sampled_from([link.merge_id for link in links]))) if links else set()

    without = persons_of([link for link in links if link.merge_id not in undone])
    found = persons_of(links, undone)

    assert found.person_of == without.person_of
    assert {name: state for name, state in found.states.items() if name not in undone} == without.states


@given(_EVIDENCE)
def test_a_phone_never_makes_one_person_of_two_that_files_keep_apart(links: list[Link]) -> None:
    strong = persons_of([link for link in links if not link.is_weak]).person_of
    found = persons_of(links).person_of

    apart: dict[tuple[Id, str, str], set[Id]] = {}
    for each, person in found.items():
        if each[0] in ("buyer", "member"):
            apart.setdefault((person, each[0], each[1][0]), set()).add(strong.get(each, each))
    assert all(len(stated) == 1 for stated in apart.values())
