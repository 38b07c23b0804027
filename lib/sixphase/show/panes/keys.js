// What each key does. The list is also what the help shows.

export const KEYS = [
  ["↑ ↓ ← →", "move the caret; with Shift, select; with Ctrl or ⌥, by words"],
  ["Page Up, Page Down", "a screen up or down"],
  ["j, k", "next turn, turn before"],
  ["s", "select the sentence (as a double click does)"],
  ["t", "select the turn (as a click on its line number does)"],
  ["c or Enter", "choose a code for what is selected; Shift + Enter gives it and lets you choose another"],
  ["v", "make a code from the selected words (in vivo)"],
  ["r", "give the last code again"],
  ["h", "highlighter: give the last code to whatever I select"],
  ["n, p", "next coding, coding before"],
  ["u", "next turn of a participant without a code of mine"],
  ["x", "next unread turn"],
  ["[ and ]", "move the beginning of the picked coding by a word; with Shift, its end"],
  ["e", "write a note on the picked coding"],
  ["Delete", "withdraw the picked coding"],
  ["m", "write a memo about what is selected"],
  ["/", "search"],
  ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo"],
  ["Esc", "back to the transcript"],
  ["?", "this help"],
];

const MOVES = { ArrowUp: ["line", -1], ArrowDown: ["line", 1], ArrowLeft: ["character", -1], ArrowRight: ["character", 1], PageUp: ["page", -1], PageDown: ["page", 1], j: ["turn", 1], k: ["turn", -1] };

export function onKey(pane, event) {
  if (!pane.interview) return;
  const typing = event.target.closest("input, textarea, select"), { transcript } = pane;
  if (event.key === "Escape") { event.preventDefault(); return transcript.focus(); }
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "z" && !typing) {
    event.preventDefault();
    return event.shiftKey ? pane.redo() : pane.undo();
  }
  if (command && event.key.toLowerCase() === "s") {
    event.preventDefault();
    return pane.say("What you do here is saved at once; the line above the transcript says so.");
  }
  if (event.target !== transcript.scroller) return;
  const move = MOVES[event.key];
  if (move && (!command || move[0] === "character")) {
    event.preventDefault();
    const byWord = move[0] === "character" && (event.ctrlKey || event.altKey);
    return transcript.move(byWord ? "word" : move[0], move[1], event.shiftKey && event.key.length > 1);
  }
  if (command || event.altKey) return;
  const action = actions(pane)[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function actions(pane) {
  const { transcript } = pane;
  const shared = {
    s: () => transcript.chooseSentence(), t: () => transcript.chooseTurn(), x: () => pane.jumpUnread(),
    m: () => { pane.open("memos"); pane.panels.memos.begin(); }, "/": () => { pane.open("find"); pane.panels.find.focus(); },
    "?": () => { pane.open("help"); pane.panels.help.root.focus(); },
  };
  if (!pane.coding) return shared;
  const choose = () => { pane.open("codes"); pane.panels.codes.choose(); };
  const nudge = (which, direction) => {
    const coding = transcript.codings.get(transcript.picked);
    if (!coding || !pane.drawn(coding).own) return pane.say("Pick a coding of yours first (n).");
    pane.changeCoding(coding.coding_id, transcript.nudged({ start: coding.start, end: coding.end }, which, direction));
  };
  return { ...shared, c: choose, Enter: choose, v: () => pane.panels.codes.inVivo(), r: () => pane.lastCodes.length ? pane.give(pane.lastCodes) : pane.say("No code was given yet."),
    h: () => pane.toggleBrush(), n: () => pane.jumpCoding(1), p: () => pane.jumpCoding(-1), u: () => pane.jumpUncoded(),
    "[": () => nudge("start", -1), "]": () => nudge("start", 1), "{": () => nudge("end", -1), "}": () => nudge("end", 1),
    e: () => { pane.open("passage"); pane.panels.passage.note(); }, Delete: () => transcript.picked && pane.withdraw(transcript.picked), Backspace: () => transcript.picked && pane.withdraw(transcript.picked) };
}
