// From the page to the source: shows the source of a clicked part, and opens the editor.

import { make, place, postJSON, say } from "./dom.js";

export async function openInEditor(file, line, column = 0) {
  try {
    const answer = await postJSON("/open", { file, line, column });
    const said = await answer.json();
    notice(answer.ok ? `opened ${said.opened}` : said.error, !answer.ok);
  } catch {
    notice("the preview does not answer", true);
  }
}

// A short message at the bottom of the window.
let noticing = 0;
export function notice(text, failed = false) {
  document.querySelector(".notice")?.remove();
  document.querySelector("main").append(make("p", { className: failed ? "notice failed" : "notice", textContent: text }));
  say(text);
  clearTimeout(noticing);
  noticing = setTimeout(() => document.querySelector(".notice")?.remove(), failed ? 9000 : 3000);
}

export class Source {
  constructor(view) {
    this.view = view;
    this.chosen = null; // the area whose source is shown
    this.popup = null;
    view.list.addEventListener("click", (event) => this.click(event));
    view.list.addEventListener("pointermove", (event) => this.hover(event));
    view.list.addEventListener("pointerleave", () => this.unhover());
  }

  sheetOf(event) {
    const element = event.target.closest(".sheet");
    return element ? this.view.sheets[element.dataset.page - 1] : null;
  }

  hover(event) {
    const sheet = event.pointerType === "mouse" ? this.sheetOf(event) : null;
    const area = sheet?.areaAt(event.clientX, event.clientY);
    if (sheet !== this.hovered) this.unhover();
    this.hovered = sheet;
    if (sheet && this.chosen?.sheet !== sheet) sheet.point(area);
  }

  unhover() {
    if (this.hovered && this.hovered !== this.chosen?.sheet) this.hovered.point(null);
    this.hovered = null;
  }

  click(event) {
    if (event.target.closest("a, .source")) return;
    // Selecting text does not show its source.
    if (event.detail > 1 || !getSelection().isCollapsed) {
      this.close();
      return;
    }
    const sheet = this.sheetOf(event);
    const area = sheet?.areaAt(event.clientX, event.clientY);
    if (area) this.choose(sheet, area);
    else this.close();
  }

  choose(sheet, area) {
    this.show(area, sheet.element);
    this.chosen = { sheet, area };
    sheet.point(area, true);
    place(this.popup, area.box);
    this.popup.classList.toggle("above", area.box[3] > sheet.info.height - 60);
    const frame = this.popup.getBoundingClientRect();
    const over = frame.right - this.view.pane.getBoundingClientRect().left - this.view.pane.clientWidth;
    if (over > 0) this.popup.style.setProperty("--shift", `${-over - 8}px`);
  }

  // Show the source of an area, and a button for the editor.
  show({ file, line }, inside) {
    this.close();
    this.place = { file, line };
    const button = make("button", { type: "button", className: "open", textContent: "Open in editor", on: { click: () => this.open() } });
    this.popup = make(
      "div",
      { className: "source", role: "group", aria: { label: `Source: ${file}, line ${line}` } },
      make("code", { textContent: `${file}:${line}` }),
      button,
      make("button", { type: "button", className: "close", textContent: "×", aria: { label: "Close" }, on: { click: () => this.close(true) } }),
    );
    inside.append(this.popup);
    button.focus({ preventScroll: true });
    say(`${file}, line ${line}`);
  }

  open() {
    if (this.popup) openInEditor(this.place.file, this.place.line);
  }

  close(back = false) {
    if (!this.popup) return false;
    this.chosen?.sheet.point(null);
    this.chosen = null;
    this.popup.remove();
    this.popup = null;
    if (back) this.view.pane.focus({ preventScroll: true });
    return true;
  }

  // Choose the next or the previous paragraph by keyboard.
  step(direction) {
    let page = this.chosen?.sheet.number ?? this.view.current;
    let areas = ordered(this.view.sheets[page - 1]);
    const now = this.chosen ? areas.findIndex(({ id }) => id === this.chosen.area.id) : direction > 0 ? -1 : areas.length;
    let next = areas[now + direction];
    if (!next && this.view.sheets[page - 1 + direction]) {
      page += direction;
      areas = ordered(this.view.sheets[page - 1]);
      next = direction > 0 ? areas[0] : areas.at(-1);
    }
    if (!next) return;
    this.reveal(page, next);
    this.choose(this.view.sheets[page - 1], next);
  }

  reveal(page, area) {
    const sheet = this.view.sheets[page - 1].element;
    const top = sheet.offsetTop + area.box[1] * this.view.scale - this.view.pane.scrollTop;
    const bottom = sheet.offsetTop + area.box[3] * this.view.scale - this.view.pane.scrollTop;
    if (top < 20 || bottom > this.view.pane.clientHeight - 60) this.view.go(page, area.box[1], { center: true });
  }
}

// Areas that contain no other area, column by column from the top.
function ordered(sheet) {
  const holds = (outer, inner) => outer !== inner && outer.box[0] <= inner.box[0] + 1 && outer.box[1] <= inner.box[1] + 1
    && outer.box[2] >= inner.box[2] - 1 && outer.box[3] >= inner.box[3] - 1;
  const big = sheet.areas.filter(({ box }) => box[2] - box[0] > 40 && box[3] - box[1] > 6);
  const leaves = big.filter((area) => !big.some((other) => holds(area, other)));
  const column = ({ box }) => (box[0] > sheet.info.width / 2 - 10 ? 1 : 0);
  return leaves.sort((a, b) => column(a) - column(b) || a.box[1] - b.box[1]);
}
