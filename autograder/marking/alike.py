"""Puts equal answers into one group, and groups of nearly equal answers beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from autograder.gradebook.seen import Part

ALIKE = 0.5
"""Two groups stand together where the cosine of their TF-IDF vectors is as large, on the average of the cluster."""
LONGEST = 20_000
"""Characters of an answer that are compared; equal answers are equal to their end."""
WORDS = r"(?u)\b\w+\b"


def same_text(parts: Sequence[Part]) -> str:
    """A text that two answers share where they differ in blanks alone, or, in prose, in capital letters."""
    return "\x00".join(f"{one.kind} {one.attachments or ''} {_plainer(one)}" for one in parts if one.kind != "why")


def _plainer(part: Part) -> str:
    if part.code:
        return "\n".join(line for line in map(str.rstrip, part.source.splitlines()) if line)
    return " ".join(part.source.casefold().split())


def clusters(answers: Mapping[str, Sequence[Part]]) -> list[list[list[str]]]:
    """Clusters of groups of answers, the largest first; in each the largest group, then what is most like it.

    The order depends on what was written alone, so that it tells nothing of who wrote it.

    Args:
        answers: id → what the marker sees of it.
    """
    groups: dict[str, list[str]] = {}
    for name, parts in answers.items():
        groups.setdefault(same_text(parts), []).append(name)
    texts = sorted(groups, key=lambda text: (-len(groups[text]), text))
    likeness = _likeness([_words(answers[groups[text][0]]) for text in texts])
    together: dict[int, list[int]] = {}
    for place, label in enumerate(_labels(likeness)):
        together.setdefault(label, []).append(place)
    made = [sorted(places, key=lambda place: -likeness[places[0], place]) for places in together.values()]
    found = [[groups[texts[place]] for place in places] for places in made]
    return sorted(found, key=lambda cluster: -sum(map(len, cluster)))  # stable: else as above


def _words(parts: Sequence[Part]) -> str:
    return "\n".join(part.source for part in parts if part.kind in ("answer", "beside"))[:LONGEST]


def _likeness(texts: list[str]) -> np.ndarray:
    """Cosines of the texts' TF-IDF vectors, each with each; of a text without words with all others 0."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(re.search(WORDS, text) for text in texts):
        return np.eye(len(texts))
    vectors = TfidfVectorizer(token_pattern=WORDS, sublinear_tf=True).fit_transform(texts)
    found: np.ndarray = (vectors @ vectors.T).toarray().clip(0, 1)
    return found


def _labels(likeness: np.ndarray) -> list[int]:
    from sklearn.cluster import AgglomerativeClustering

    if len(likeness) < 2:
        return [0] * len(likeness)
    made = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - ALIKE
    )
    found: list[int] = made.fit_predict(1 - likeness).tolist()
    return found
