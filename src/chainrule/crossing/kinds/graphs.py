"""networkx's graphs: nodes, edges and what is noted on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from chainrule.crossing.kinds import NotPlain

_NAMES: Final = ("Graph", "DiGraph", "MultiGraph", "MultiDiGraph")


@cache
def forms() -> dict[type, tuple[str, Callable[[Any], Any]]]:
    """How values of each type are taken apart."""
    import networkx

    return {getattr(networkx, name): ("graph", _apart) for name in _NAMES}


def _apart(value: Any) -> Any:
    many = {"keys": True} if value.is_multigraph() else {}
    return type(value).__name__, dict(value.graph), list(value.nodes(data=True)), list(value.edges(data=True, **many))


def _build(state: Any) -> Any:
    import networkx

    name, notes, nodes, edges = state
    if name not in _NAMES or type(notes) is not dict:
        raise NotPlain("no graph")
    built = getattr(networkx, name)()
    built.graph.update(notes)
    built.add_nodes_from(nodes)
    built.add_edges_from(edges)
    return built


BUILD: Final[dict[str, Callable[[Any], Any]]] = {"graph": _build}
"""How a value of each kind is built from its state."""
