// Looks at the page as a person does. `S` holds the selectors, `args` what the harness asks for.

const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const isShown = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};

// The name of an element, in the order a screen reader would look for it.
const nameOf = (element) => {
  const labelled = element.getAttribute("aria-labelledby");
  const byIds = labelled?.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" ");
  const isField = element.matches("input:not([type=submit]):not([type=button]), textarea, select");
  const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(" ");
  const own = isField ? element.getAttribute("placeholder") : element.value || element.textContent;
  const names = [byIds, element.getAttribute("aria-label"), labels, own, element.title];
  return squeeze(names.find((name) => squeeze(name)));
};

// Every visible element of a role; with a name, those named exactly so, or else those whose name holds it.
const allBy = (role, name) => {
  // Behind an open dialog nothing can be reached.
  const open = [...document.querySelectorAll("dialog:modal")].pop() ?? document;
  const selector = S.roles[role] ?? `[role="${role}"]`;
  const all = [open, ...open.querySelectorAll(selector)].filter((element) => element.matches?.(selector) && isShown(element));
  const exact = all.filter((element) => nameOf(element) === name);
  return exact.length > 0 ? exact : all.filter((element) => nameOf(element).includes(name));
};

const describe = (element) => element?.outerHTML.slice(0, 120) ?? "nothing";

// Where to click an element, and what would be in the way; `over` may lie on it.
const spotOf = (element, over) => {
  const look = () => {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    const isFree = top && (element.contains(top) || top.closest("label")?.control === element || (over && top.matches(over)));
    return { x, y, covered: isFree ? null : describe(top) };
  };
  let spot = look();
  if (spot.covered) {
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    spot = look();
  }
  const isDisabled = element.disabled === true || element.getAttribute("aria-disabled") === "true";
  return { ...spot, disabled: isDisabled, text: squeeze(element.innerText), value: element.value ?? null };
};

const theGrid = () => {
  const grid = [...document.querySelectorAll(S.grid)].find(isShown);
  if (!grid) throw new Error("there is no grid");
  return grid;
};

const number = (element, attribute) => Number(element?.getAttribute(attribute) ?? NaN);

// The index of a column given by its id or by what its header says.
const columnIndex = (column) => {
  const grid = theGrid();
  const byId = grid.querySelector(`[${S.column}="${CSS.escape(column)}"][${S.columnIndex}]`);
  const headers = [...grid.querySelectorAll(S.columnHeader)];
  const header = byId ?? headers.find((one) => squeeze(one.innerText) === column)
    ?? headers.find((one) => squeeze(one.innerText).startsWith(column));
  if (!header) throw new Error(`there is no column ${column}`);
  return number(header, S.columnIndex);
};

const cellsOf = (row) => [...row.querySelectorAll(S.cell)].sort((a, b) => number(a, S.columnIndex) - number(b, S.columnIndex));

const rowsInPage = () => [...theGrid().querySelectorAll(S.row)].filter((row) => row.querySelector(S.cell));

const textOf = (cell) => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(S.notTheValue).forEach((extra) => extra.remove());
  return copy.textContent.trim();
};

const cellAsSeen = (cell) => ({
  column: cell.getAttribute(S.column) ?? "",
  text: textOf(cell),
  state: (cell.getAttribute(S.cellState) ?? "").split(/\s+/).filter(Boolean),
  selected: cell.getAttribute("aria-selected") === "true",
  readonly: cell.getAttribute("aria-readonly") === "true",
  invalid: cell.getAttribute("aria-invalid") === "true",
});

const rowAsSeen = (row) => ({
  index: number(row, S.rowIndex),
  id: row.getAttribute(S.rowId) ?? "",
  cells: cellsOf(row).map(cellAsSeen),
});

const scrolls = (element) =>
  element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY);

const scrollerOf = (grid) => {
  const around = [];
  for (let outer = grid.parentElement; outer; outer = outer.parentElement) around.push(outer);
  return [grid, ...grid.querySelectorAll("*"), ...around].find(scrolls) ?? null;
};

// A frame for the page to draw what it was scrolled to; a tab in the background gets no frames, but timers.
const drawn = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done, 0));
  setTimeout(done, 100);
});

// Shows `visit` every row, scrolling where rows are virtual, until it returns something.
const walkRows = async (visit) => {
  const look = () => {
    for (const row of rowsInPage()) {
      const found = visit(row);
      if (found) return found;
    }
    return null;
  };
  let found = look();
  const scroller = scrollerOf(theGrid());
  if (found || !scroller) return found;
  const before = scroller.scrollTop;
  for (let top = 0; ; top += Math.max(40, scroller.clientHeight * 0.7)) {
    scroller.scrollTop = top;
    await drawn();
    await drawn();
    found = look();
    if (found) return found;
    if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) break;
  }
  scroller.scrollTop = before;
  await drawn();
  return null;
};

const allRows = async () => {
  const rows = new Map();
  await walkRows((row) => {
    const seen = rowAsSeen(row);
    rows.set(seen.index, seen);
    return null;
  });
  return [...rows.values()].sort((a, b) => a.index - b.index);
};

const cellAt = async (wanted, column) => {
  const isIt = (row) => (wanted.id === undefined ? number(row, S.rowIndex) === wanted.index : row.getAttribute(S.rowId) === wanted.id);
  const row = await walkRows((candidate) => (isIt(candidate) ? candidate : null));
  if (!row) throw new Error(`there is no row ${wanted.id ?? wanted.index}`);
  const index = columnIndex(column);
  const cell = cellsOf(row).find((one) => number(one, S.columnIndex) === index);
  if (!cell) throw new Error(`row ${wanted.id ?? wanted.index} has no cell in column ${column}`);
  return cell;
};

// The values offered where a conflict is open, each with all that is said beside its button.
const choices = () => {
  const dialog = [...document.querySelectorAll(S.dialog)].find(isShown);
  const buttons = [...(dialog?.querySelectorAll(S.roles.button) ?? [])].filter((button) => nameOf(button).startsWith(S.adopt));
  return buttons.map((button) => {
    // As far out as nothing but this one choice is held.
    let around = button;
    while (around.parentElement !== dialog && buttons.filter((other) => around.parentElement.contains(other)).length === 1) {
      around = around.parentElement;
    }
    return { button, text: squeeze(around.innerText.replace(button.innerText, "")) };
  });
};
