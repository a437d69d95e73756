// Small helpers: elements, announcements, stored settings.

export const $ = (id) => document.getElementById(id);

// Make an element with properties, `data`, `aria`, listeners (`on`) and children.
export function make(tag, { data = {}, aria = {}, on = {}, ...properties } = {}, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(aria)) element.setAttribute(`aria-${name}`, value);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Place an element on a sheet; lengths are in points, which the style sheet scales.
export function place(element, [left, top, right, bottom]) {
  element.style.setProperty("--x", left);
  element.style.setProperty("--y", top);
  element.style.setProperty("--w", right - left);
  element.style.setProperty("--h", bottom - top);
  return element;
}

// Announce a text to screen readers.
let clearing = 0;
export function say(text) {
  $("live").textContent = text;
  clearTimeout(clearing);
  clearing = setTimeout(() => { $("live").textContent = ""; }, 8000);
}

export const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// A list of pages in words: 1, 3–5.
export function ranges(pages) {
  const runs = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

const KEY = "typeset-preview";
export function loadSettings() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
export function saveSettings(values) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...loadSettings(), ...values }));
  } catch {
    // Storage may be forbidden; the pages are the same without it.
  }
}

// Ask the server for what only its own page may ask.
const TOKEN = document.querySelector("meta[name=typeset-token]").content;
export function postJSON(address, value) {
  const headers = { "Content-Type": "application/json", "X-Typeset-Token": TOKEN };
  return fetch(address, { method: "POST", headers, body: JSON.stringify(value) });
}

export async function getJSON(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return answer.json();
}
