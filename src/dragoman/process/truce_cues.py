"""What a sentence that names a truce says of it by its other words: shots despite it, quiet under it, war after it."""

from __future__ import annotations

import re

from dragoman.process.facts import Facts

_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|can|could|might|may|should|would|until|once|before|hop\w+|fear\w*|threat\w*|warn\w*|urg\w*"
    r"|call\w* (?:for|on)"
    r"|demand\w*|accus\w+|alleg\w+|den(?:y|ied|ies))\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|not|never|without|neither|nor|stop\w*|halt\w*|ceas\w+|suspend\w*|end\w*|lull in|hold\w*)\b[^,;]{0,25}\Z",
    re.IGNORECASE,
)
_MADE = re.compile(r"\b(?:declar|announc|accept|agreed|sign)\w*\b", re.IGNORECASE)
_NOT_SO = re.compile(r"\b(?:not|n[’']t|never) \Z")
_REACH = 70  # letters between the word of strain and the truce that it strains
_NEAR = 45  # letters between who puts a truce forward and the truce


def cued_states(text: str, named: re.Match[str], facts: Facts) -> list[str]:
    """Return the states that the words around a truce's name give it, beyond those that stand next to it."""
    refused = facts.where(text, "truce_cue_refused")
    if refused is not None and _NOT_SO.search(text[: refused.start()]):
        return []
    if refused is not None:
        return [] if _MADE.search(text) else ["rejected"]
    if _SUPPOSED.search(text):
        return []
    before, after = text[: named.start()], text[named.end() :]
    if facts.has(text, "truce_cue_over"):
        return ["ended"]
    if facts.has(text, "truce_cue_longer"):
        return ["extended"]
    strained = facts.where(re.split(r"[,;]", before)[-1][-_REACH:], "truce_cue_strain")
    if (strained or facts.where(after[:_REACH], "truce_cue_strained")) and _is_violent(text, facts):
        return ["violated"]
    if facts.has(text, "truce_cue_quiet"):
        return ["holding"]
    if facts.has(before[-_NEAR:], "truce_cue_put"):
        return ["proposed"]
    return ["agreed"] if facts.has(text, "truce_cue_halting") else []


def _is_violent(text: str, facts: Facts) -> bool:
    """Return whether a sentence tells of shots, strikes or clashes as a fact."""
    found = facts.every(text, "truce_cue_violence")
    return any(_NONE.search(text[: match.start()]) is None for match in found)
