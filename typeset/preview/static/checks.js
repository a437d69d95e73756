// Diagnostics: the list of all, and a banner with a few above the last good pages.

import { $, count, make } from "./dom.js";
import { openInEditor } from "./source.js";

const MOST = 3;
const MARKS = { error: "✕", warning: "!", info: "i" };

export default class Checks {
  constructor(element, { choose, goTo }) {
    this.choose = choose;
    this.goTo = goTo;
    this.content = "";
    element.tabIndex = 0; // it scrolls
    $("tab-checks").append(make("span", { className: "count", id: "count", hidden: true }));
  }

  update(state) {
    const content = JSON.stringify([state.diagnostics, state.fresh, state.partial, state.revision]);
    if (content === this.content) return; // unchanged, so keep the focus
    this.content = content;
    const { diagnostics, errors, warnings } = state;
    const badge = $("count");
    badge.hidden = !diagnostics.length;
    badge.textContent = diagnostics.length;
    badge.className = `count ${errors ? "error" : warnings ? "warning" : "info"}`;
    $("tab-checks").setAttribute("aria-label", diagnostics.length ? `Checks, ${summary(state)}` : "Checks");
    $("checks-title").textContent = state.waiting ? "Checks" : summary(state);
    $("checks").replaceChildren(...diagnostics.map((diagnostic) => this.item(diagnostic)));
    this.banner(state);
  }

  banner(state) {
    const banner = $("banner");
    banner.hidden = isGood(state) || state.waiting;
    if (banner.hidden) return banner.replaceChildren();
    const wrong = state.diagnostics.filter(({ severity }) => severity === "error");
    return banner.replaceChildren(
      make("h2", { id: "banner-title", textContent: `${count(state.errors, "error")}. ${standing(state).sentence}` }),
      make("ol", { className: "list" }, ...wrong.slice(0, MOST).map((diagnostic) => this.item(diagnostic))),
      make("button", { type: "button", className: "all", textContent: `All checks (${state.diagnostics.length})`, on: { click: () => this.choose("checks", true) } }),
    );
  }

  item(diagnostic) {
    const { severity, code, message, hints, file, line, column, page } = diagnostic;
    const place = file && (line ? `${file}:${line}${column ? `:${column}` : ""}` : file);
    const places = [];
    if (place) {
      places.push(make("button", { type: "button", className: "place", title: "Open in the editor", textContent: place, on: { click: () => openInEditor(file, line || 1, column) } }));
    }
    if (page) {
      places.push(make("button", { type: "button", className: "place", textContent: `page ${page}`, on: { click: () => this.goTo(diagnostic) } }));
    }
    return make(
      "li",
      { className: `check-item ${severity}` },
      make("span", { className: "severity", aria: { hidden: "true" }, textContent: MARKS[severity] }),
      make(
        "div",
        {},
        make("p", { className: "message" }, make("span", { className: "hidden", textContent: `${severity}: ` }), message, " ", make("code", { textContent: code })),
        ...hints.map((hint) => make("p", { className: "hint", textContent: hint })),
        places.length ? make("p", { className: "places" }, ...places) : null,
      ),
    );
  }
}

// Whether the pages are those of the last save, and complete.
export const isGood = ({ fresh, partial }) => fresh && !partial;

// What the pages are worth after a build with errors.
export function standing({ revision, fresh, partial }) {
  if (!revision) return { words: "no pages yet", sentence: "There are no pages yet." };
  if (partial && fresh) return { words: "not for release", sentence: "These pages show what can be set. They are not for release." };
  if (partial) return { words: "pages of an earlier save", sentence: "These pages show what could be set of an earlier save. They are not for release." };
  return { words: "last good pages", sentence: "These are the last good pages." };
}

export function summary({ errors, warnings, diagnostics }) {
  const notes = diagnostics.length - errors - warnings;
  const words = [];
  if (errors) words.push(count(errors, "error"));
  if (warnings) words.push(count(warnings, "warning"));
  if (notes) words.push(count(notes, "note"));
  return words.join(", ") || "No problems";
}
