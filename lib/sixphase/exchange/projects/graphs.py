"""Codes and themes as a graph (GraphML), for programs that draw networks."""

import networkx

from .leaving import Leaving


def write(told: Leaving) -> bytes:
    """Codes and themes as nodes; “part of”, “developed from” as edges."""
    graph = networkx.DiGraph(name=told.title)
    for code in told.codes.itertuples():
        graph.add_node(f"code:{code.code_id}", kind="code", label=code.name)
    for theme in told.themes.itertuples():
        graph.add_node(f"theme:{theme.theme_id}", kind="theme", label=theme.name, status=theme.status)
    for kind, table, key in (("code", told.codes, "code_id"), ("theme", told.themes, "theme_id")):
        for own, parent in table.dropna(subset="parent")[[key, "parent"]].itertuples(index=False):
            if f"{kind}:{parent}" in graph:
                graph.add_edge(f"{kind}:{own}", f"{kind}:{parent}", kind="part of")
    for theme in told.themes.itertuples():
        for code in theme.codes or []:
            if f"code:{code}" in graph:
                graph.add_edge(f"theme:{theme.theme_id}", f"code:{code}", kind="developed from")
    return ("\n".join(networkx.generate_graphml(graph)) + "\n").encode("utf-8")
