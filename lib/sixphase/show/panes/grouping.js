// The grouping of codes into themes, and what a move makes of it. A grouping is never changed: a move gives a new one.

/** The grouping after a move on the board or a change of the map. */
export function after(board, act) {
  if (act.do === "relate" || act.do === "unrelate") return { ...board, relations: related(board.relations, act) };
  if (act.do !== "move") return board;
  const move = act.kind === "taken back" ? act.effect : act;
  if (move.kind === "theme named" && !board.themes.some((theme) => theme.theme_id === move.theme_id))
    return { ...board, themes: [...board.themes, { theme_id: move.theme_id, name: move.name, status: "candidate", parent: null, codes: [] }] };
  return { ...board, themes: board.themes.map((theme) => moved(theme, move)) };
}

function moved(theme, move) {
  const here = theme.theme_id === move.theme_id, codes = theme.codes ?? [];
  if (move.kind === "code moved") {
    const left = theme.theme_id === move.from_theme ? codes.filter((code) => code !== move.code_id) : codes;
    return { ...theme, codes: here && !left.includes(move.code_id) ? [...left, move.code_id] : left };
  }
  if (!here) return theme;
  if (move.kind === "theme named") return { ...theme, name: move.name };
  if (move.kind === "theme placed") return { ...theme, parent: move.parent || null };
  if (move.kind === "theme let go") return { ...theme, status: "let go", because: theme.because ?? move.because };
  if (move.kind === "theme taken up") return { ...theme, status: "candidate" };
  return theme;
}

/** What takes a move back. */
export function inverse(move, board) {
  const theme = board.themes.find((one) => one.theme_id === move.theme_id);
  if (move.kind === "code moved") return { ...move, from_theme: move.theme_id, theme_id: move.from_theme };
  if (move.kind === "theme named") return { ...move, name: theme?.name };
  if (move.kind === "theme placed") return { ...move, parent: theme?.parent ?? null };
  return { ...move, kind: move.kind === "theme let go" ? "theme taken up" : "theme let go" };
}

function related(relations, act) {
  const same = (line) => line.from === act.from && line.to === act.to && line.label === (act.was || act.label);
  const line = { from: act.from, to: act.to, label: act.label, because: act.because };
  if (act.do === "unrelate") return relations.filter((one) => !same(one));
  return relations.some(same) ? relations.map((one) => (same(one) ? line : one)) : [...relations, line];
}

export function standing(board) { return board.themes.filter((theme) => theme.status !== "let go"); }

export function subthemes(board, themeId) { return standing(board).filter((theme) => theme.parent === themeId); }

export function tops(board) { return standing(board).filter((theme) => !theme.parent || !standing(board).some((other) => other.theme_id === theme.parent)); }

/** The codes that stand in no theme: what does not fit, or does not fit yet. */
export function pile(board, codes) {
  const placed = new Set(standing(board).flatMap((theme) => theme.codes ?? []));
  return codes.filter((code) => !placed.has(code.code_id)).map((code) => code.code_id);
}
