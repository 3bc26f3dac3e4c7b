"""Names in a row: titles that run into names, and lists that are read as appositions."""

from __future__ import annotations

from dragoman.reading.mending.draft import Draft


def run_in_names(tree: Draft) -> None:
    """'Upper Kenya President Mira Doe met …': the name after the title is who met, not a second name of the country."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "appos" or not head < token or tree.tags[head] != "NNP" or tree.tags[token] != "NNP":
            continue
        between = range(head + 1, token)
        if not between or any(tree.heads[t] != token or tree.tags[t] != "NNP" for t in between):
            continue
        up = tree.heads[head]
        tree.hang(token, token if up == head else up, tree.deps[head])
        for child, over in enumerate(tree.heads):
            if over == head and child > token:
                tree.hang(child, token, tree.deps[child])
        tree.hang(head, token, "compound")


def listed_names(tree: Draft) -> None:
    """'Kenya, Burkina Faso and Chad announced': a second name with an 'and' after it is one of a list, no apposition."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "appos" or tree.tags[token] != "NNP" or tree.tags[head] != "NNP" or not head < token:
            continue
        opener = min([token, *(t for t, up in enumerate(tree.heads) if up == token and head < t < token)])
        listed = tree.child(token, frozenset({"cc"})) is not None and tree.child(token, frozenset({"conj"})) is not None
        if listed and tree.source.words[opener - 1] == "," and opener - 1 == head + 1:
            tree.hang(token, head, "conj")
