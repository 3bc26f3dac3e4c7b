"""Mend what a small parser gets wrong in news, once, for all rules: Sentence -> Sentence.

Each repair is one function that knows one construction; docs/decisions/0002-parse.md shows them with their trees.
"""

from __future__ import annotations

from dragoman.reading.mending import (
    conditions,
    headed,
    listed,
    nameverbs,
    nouns,
    participles,
    past,
    speech,
    spoken,
    strayed,
    told,
)
from dragoman.reading.mending.draft import Draft
from dragoman.reading.parse import Sentence

_REPAIRS = (  # in this order: each sees the tree as those before it left it
    conditions.inverted_conditions,
    nouns.plural_nouns,
    participles.told_after_as,
    past.parted_objects,
    participles.told_of_root,
    past.tell,
    headed.paired_peoples,
    headed.verbs_of_headings,
    nameverbs.verbs_after_names,
    nameverbs.names_side_by_side,
    nameverbs.nouns_after_nouns,
    nameverbs.verbs_read_as_less,
    nouns.listed_adjectives,
    speech.trailing_speakers,
    headed.headline_sources,
    headed.headline_passives,
    participles.reduced,
    participles.rooted_participles,
    speech.told_between,
    nouns.live_rounds,
    nouns.gerund_nouns,
    nouns.nouns_after_to,
    speech.speech_after_said,
    speech.speech_between,
    conditions.spliced,
    nouns.demanded_verbs,
    listed.run_in_names,
    speech.blame_before_denier,
    nouns.nominal_bases,
    participles.participles_under,
    nouns.stray_objects,
    listed.listed_names,
    participles.linked_subjects,
    strayed.mend,
    told.mend_told,
    spoken.mend_speech,
)


def repair(sentence: Sentence) -> Sentence:
    """Return the sentence with its tree mended: inverted conditions, nouns read as verbs, speakers read as objects."""
    tree = Draft(sentence)
    for mend in _REPAIRS:
        mend(tree)
    return tree.sentence()
