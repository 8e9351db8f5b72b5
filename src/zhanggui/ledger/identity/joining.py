"""From evidence to persons: which links hold, and who is who; the same whatever the order of the evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zhanggui.ledger.schema.identity_tables import ID_KIND

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

Id = tuple[str, str]
"""Kind and key of one id."""

EXCLUSIVE = ("buyer", "member")
"""Kinds of which a telephone number shared by two of one store is a household, not a person."""


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of evidence that two ids are one person.

    Attributes
    ----------
    merge_id : str
        Its name.
    left, right : tuple of kind and key
        The ids; of a phone link the phone stands right.
    is_weak : bool
        A shared phone, which may be a household's, against an id that a file states.
    has_consent : bool
        Whether the person agreed; a weak link without it is not used.
    """

    merge_id: str
    left: Id
    right: Id
    is_weak: bool = False
    has_consent: bool = True


@dataclass(frozen=True, slots=True)
class Persons:
    """Who is who.

    Attributes
    ----------
    states : dict of str to str
        By merge id: ``used``, ``undone``, ``ambiguous`` or ``no_consent``.
    person_of : dict of id to id
        The id that stands for the person, of every id that a used link ties to another.
    """

    states: dict[str, str]
    person_of: dict[Id, Id]


def persons_of(links: Collection[Link], undone: Collection[str] = ()) -> Persons:
    """Return the persons that evidence makes of ids.

    Parameters
    ----------
    links : collection of Link
        All evidence; repeated links count once, and their order says nothing.
    undone : collection of str
        Merge ids that the operator has undone.

    Notes
    -----
    Stated ids are united first. A phone then joins what it is written on, unless that would make one person of two
    buyers or two members of one store, directly or over other phones: then it is a household's, and joins nobody.

    Examples
    --------
    >>> member, buyer = ("member", "1-m"), ("buyer", "1-b")
    >>> persons_of([Link("a", member, buyer)]).person_of[member]
    ('buyer', '1-b')
    """
    named = {link.merge_id: link for link in links}
    given = [named[name] for name in sorted(named)]
    ids = sorted({each for link in given for each in (link.left, link.right)})
    place = {each: number for number, each in enumerate(ids)}
    found = joined(
        np.array([place[link.left] for link in given], np.int64),
        np.array([place[link.right] for link in given], np.int64),
        is_weak=np.array([link.is_weak for link in given], np.bool_),
        has_consent=np.array([link.has_consent for link in given], np.bool_),
        is_undone=np.array([link.merge_id in undone for link in given], np.bool_),
        space=numbered([_space(each) for each in ids]),
        order=np.array(sorted(range(len(ids)), key=lambda n: (ID_KIND.index(ids[n][0]), ids[n][1])), np.int64),
    )
    return Persons(
        {link.merge_id: STATES[state] for link, state in zip(given, found.state, strict=True)},
        {ids[n]: ids[first] for n, first in enumerate(found.person) if first >= 0},
    )


@dataclass(frozen=True, slots=True)
class Joined:
    """Links and ids by number.

    Attributes
    ----------
    state : array of int, shape (n_links,)
        Position in `STATES`.
    person : array of int, shape (n_ids,)
        The id that stands for the person; -1 of an id that no used link touches.
    """

    state: Ints
    person: Ints


STATES = ("undone", "used", "ambiguous", "no_consent")


def joined(
    left: Ints, right: Ints, *, is_weak: Mask, has_consent: Mask, is_undone: Mask, space: Ints, order: Ints
) -> Joined:
    """Join ids by number, as :func:`persons_of` does by name.

    Parameters
    ----------
    left, right : array of int, shape (n_links,)
        The ids of each link; of a weak one the phone stands right.
    is_weak, has_consent, is_undone : array of bool, shape (n_links,)
        What each link is.
    space : array of int, shape (n_ids,)
        Ids of equal number 0 or more must not be united by phones; -1 of ids that may.
    order : array of int, shape (n_ids,)
        The ids, those first that stand for a person before others.
    """
    n = len(space)
    is_strong, usable = ~is_weak & ~is_undone, is_weak & ~is_undone & has_consent
    strong = _components(left[is_strong], right[is_strong], n)
    is_shared = _ambiguous(left, right, usable, strong, space)
    is_used = is_strong | (usable & ~is_shared)
    state = np.select([is_undone, is_used, usable], [0, 1, 2], 3).astype(np.int64)
    group = _components(left[is_used], right[is_used], n)
    touched = np.zeros(n, np.bool_)
    touched[left[is_used]] = touched[right[is_used]] = True
    ranked = order[touched[order]]
    first = np.full(n, -1, np.int64)
    # Written from the last to the first, so that the first of a person stays.
    first[group[ranked[::-1]]] = ranked[::-1]
    return Joined(state, np.where(touched, first[group], -1) if n else first)


def numbered(spaces: list[str]) -> Ints:
    """Return a number for each name of a space, -1 for none."""
    names = np.array(spaces, np.str_)
    return np.where(names == "", -1, np.unique(names, return_inverse=True)[1]).astype(np.int64)


def distinct_pairs(first: Ints, second: Ints) -> Ints:
    """Return the different pairs of numbers from 0 on, sorted: an array of shape (n_pairs, 2)."""
    width = int(second.max(initial=0)) + 1
    # One number per pair: sorting rows of two takes ten times as long.
    pairs = np.unique(first * width + second)
    return np.stack([pairs // width, pairs % width], axis=1)


def _components(left: Ints, right: Ints, n: int) -> Ints:
    if not n:
        return np.zeros(0, np.int64)
    graph = coo_array((np.ones(left.size, np.int8), (left, right)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def _ambiguous(left: Ints, right: Ints, usable: Mask, strong: Ints, space: Ints) -> Mask:
    """Whether a phone would unite two that are apart in a store; of links that are not usable it means nothing."""
    member = np.flatnonzero(space >= 0)
    # Every exclusive id as the space it is in and the strong component that holds it.
    held = distinct_pairs(strong[member], space[member])
    phones = distinct_pairs(right[usable], strong[left[usable]])
    shared = np.isin(right, _crowded(phones, held))
    fine = usable & ~shared
    # Ids of one strong component stay together in the wide one: join each with the first of its component.
    _, first = np.unique(strong, return_index=True)
    wide = _components(
        np.concatenate([left[fine], np.arange(len(space))]), np.concatenate([right[fine], first[strong]]), len(space)
    )
    groups = distinct_pairs(wide, strong)
    crowded = np.isin(wide, _crowded(groups, held))
    return shared | crowded[left]


def _crowded(groups: Ints, held: Ints) -> Ints:
    """Return the groups of strong components of which two hold an id of the same exclusive space."""
    if not groups.size or not held.size:
        return np.zeros(0, np.int64)
    order = np.argsort(held[:, 0], kind="stable")
    held = held[order]
    start = np.searchsorted(held[:, 0], groups[:, 1], "left")
    n_each = np.searchsorted(held[:, 0], groups[:, 1], "right") - start
    owner = np.repeat(groups[:, 0], n_each)
    at = np.repeat(start - np.cumsum(n_each) + n_each, n_each) + np.arange(n_each.sum())
    width = int(held[:, 1].max()) + 1
    pairs, counts = np.unique(owner * width + held[at, 1], return_counts=True)
    return np.unique(pairs[counts > 1] // width)


def _space(each: Id) -> str:
    kind, key = each
    return f"{kind} {key.partition('-')[0]}" if kind in EXCLUSIVE else ""
