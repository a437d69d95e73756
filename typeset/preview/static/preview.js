// The page of the preview: it listens to the server, and shows the state.

import { $, count, getJSON, loadSettings, postJSON, ranges, saveSettings, say } from "./dom.js";
import { isGood, standing, summary } from "./checks.js";
import { PageView } from "./pages.js";
import { Sidebar } from "./sidebar.js";
import { Source } from "./source.js";

const TABS = [...document.querySelectorAll("[role=tab]")].map((tab) => tab.dataset.panel);
const RETRY = 1000;
const WORKING = new Set(["editing", "building"]); // phases in which other pages are to come

let state = null;
let activity = {};
let connected = false;

const view = new PageView({ onPage: (page) => { sidebar?.show(page); savePlace(); } });
const sidebar = new Sidebar(view);
const source = new Source(view);
// What a panel may do besides showing its own.
const preview = {
  source,
  choose,
  goTo({ page, box }) {
    choose("pages", true);
    view.go(page, box[1], { center: true });
    flash(page, box);
  },
};
const panels = await Promise.all([...document.querySelectorAll("[data-script]")].map(async (element) => {
  const { default: Panel } = await import(element.dataset.script);
  return new Panel(element, preview);
}));

// --- State ------------------------------------------------------------------------------------

async function take(next) {
  const first = state === null || next.run !== state.run;
  const before = state;
  if (!first && next.version < state.version) return;
  if (first) {
    reported = null; // another server knows nothing of this page
    savePlace();
  }
  state = next;
  activity = next.activity;
  connected = true;
  const title = next.title ? `${next.title}, vol. ${next.volume}, no. ${next.number}` : "Preview";
  $("title").textContent = title;
  for (const panel of panels) panel.update(next);
  const shown = view.update(next);
  $("empty").textContent = next.waiting ? "The first pages are being set …" : "There are no pages yet.";
  $("pdf").hidden = !next.revision || next.partial;
  showChanged(first ? [] : next.changed, before);
  status();
  if (next.revision && (first || !before?.revision)) await begin(first);
  announce(before, first);
  await shown;
  if (state !== next) return;
  sidebar.update(next); // its thumbnails wait for the pages in sight
  // For tests: the pages in sight are those of this revision.
  if (next.revision) document.documentElement.dataset.revision = next.revision;
  document.documentElement.dataset.version = next.version;
}

function announce(before, first) {
  if (state.waiting) return;
  if (!isGood(state)) say(`${count(state.errors, "error")}. ${standing(state).sentence}`);
  else if (first || before.revision !== state.revision) {
    const problems = state.diagnostics.length ? `; ${summary(state)}` : "";
    const changed = state.changed.length ? `page${state.changed.length > 1 ? "s" : ""} ${ranges(state.changed)} changed` : "nothing changed on the pages";
    say((first || !before.revision ? count(state.pages.length, "page") : changed) + problems);
  }
}

function status() {
  const { phase, step } = activity;
  let [kind, words] = ["fresh", ""];
  if (!connected) [kind, words] = ["lost", "Not connected; trying again …"];
  else if (WORKING.has(phase) || !state || state.waiting) [kind, words] = ["busy", step ? `Setting: ${step} …` : "Setting …"];
  else if (!isGood(state)) [kind, words] = ["broken", `${count(state.errors, "error")}; ${standing(state).words}`];
  else words = `Up to date · ${count(state.pages.length, "page")} in ${state.seconds} s`;
  const element = $("status");
  element.className = `status ${kind}`;
  $("status-text").textContent = words;
  $("progress").hidden = kind !== "busy";
  document.documentElement.dataset.phase = phase ?? "";
  document.title = `${kind === "broken" ? "✕ " : kind === "busy" ? "… " : ""}${$("title").textContent}`;
}

function showChanged(changed, before) {
  const button = $("changed-button");
  if (before && before.revision === state.revision) return;
  button.hidden = !changed.length;
  button.textContent = changed.length ? `Changed: ${ranges(changed)}` : "";
}

async function goToChanged() {
  const { changed, revision } = state ?? {};
  if (!changed?.length) return;
  const page = changed.find((number) => number > view.current) ?? changed[0];
  choose("pages");
  try {
    const marks = await getJSON(`/marks/${revision}/${page}`);
    view.go(page, marks[0]?.[1] ?? null, { center: true });
    view.sheets[page - 1].mark(marks);
  } catch {
    view.go(page);
  }
}

function flash(page, box) {
  if (box && box[2] > box[0]) view.sheets[page - 1]?.mark([box.map((side, index) => side + (index < 2 ? -2 : 2))]);
}

// Go to the place in the address, or to where the page was before.
async function begin(first) {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("file")) {
    const found = await getJSON(`/locate?file=${encodeURIComponent(asked.get("file"))}&line=${Number.parseInt(asked.get("line"), 10) || 0}`);
    if (found) {
      view.go(found.page, found.box[1], { center: true });
      flash(found.page, found.box);
    }
  } else if (asked.has("page")) view.go(Number.parseInt(asked.get("page"), 10) || 1);
  else if (first) {
    const saved = JSON.parse(sessionStorage.getItem(`place-${state.slug}`) ?? "null");
    if (saved) view.pane.scrollTop = saved;
  }
}

// Keep the place for this page when it is loaded again, and for the server, which has the page in
// sight drawn first.
let saving = 0;
let reported = null;
function savePlace() {
  clearTimeout(saving);
  saving = setTimeout(() => {
    const page = view.current;
    if (page !== reported) {
      reported = page;
      postJSON("/sight", { page }).catch(() => { reported = null; });
    }
    if (state?.slug) sessionStorage.setItem(`place-${state.slug}`, JSON.stringify(view.pane.scrollTop));
  }, 200);
}
view.pane.addEventListener("scroll", savePlace, { passive: true });
addEventListener("hashchange", () => begin(false));

// --- Connection -------------------------------------------------------------------------------

let stream = null;
function connect() {
  stream?.close();
  stream = new EventSource("/events");
  stream.addEventListener("state", (event) => take(JSON.parse(event.data)));
  stream.addEventListener("activity", (event) => {
    activity = JSON.parse(event.data);
    connected = true;
    view.showEarly(activity.early);
    status();
  });
  stream.addEventListener("error", () => {
    connected = false;
    status();
    // A browser does not reconnect after an error response, but the server may start again.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, RETRY);
  });
}

// A browser has few connections to a server, so a hidden page closes its own.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) stream?.close();
  else connect();
});

// --- Tabs -------------------------------------------------------------------------------------

// Show a panel.  With `focus`, the keys go to it, and not to its tab.
function choose(name, focus = false) {
  source.close();
  for (const tab of TABS) {
    const chosen = tab === name;
    $(`tab-${tab}`).setAttribute("aria-selected", chosen);
    $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
    $(`panel-${tab}`).hidden = !chosen;
  }
  document.body.dataset.tab = name;
  if (focus) (name === "pages" ? view.pane : $(`panel-${name}`)).focus({ preventScroll: true });
  saveSettings({ tab: name });
}

for (const name of TABS) {
  const tab = $(`tab-${name}`);
  // A click by mouse leads to the panel; one by keyboard (0) stays here, among the tabs.
  tab.addEventListener("click", ({ detail }) => choose(name, detail > 0));
  tab.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    const position = TABS.indexOf(name);
    let next = null;
    if (event.key in steps) next = TABS.at((position + steps[event.key]) % TABS.length);
    else if (event.key === "Home") [next] = TABS;
    else if (event.key === "End") next = TABS.at(-1);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    choose(next);
    $(`tab-${next}`).focus();
  });
}

// --- Keys -------------------------------------------------------------------------------------

const TAB_KEYS = Object.fromEntries(TABS.map((name, index) => [index + 1, () => choose(name, true)]));
const KEYS = {
  ...TAB_KEYS,
  "+": () => view.step(1),
  "=": () => view.step(1),
  "-": () => view.step(-1),
  0: () => view.setZoom("width"),
  s: () => view.toggleSpreads(),
  t: () => sidebar.toggle(),
  c: goToChanged,
  "[": () => source.step(-1),
  "]": () => source.step(1),
  o: () => source.open(),
};
const MOVES = {
  ArrowLeft: () => view.turn(-1),
  ArrowRight: () => view.turn(1),
  Home: () => view.go(1),
  End: () => view.go(view.sheets.length),
  PageDown: () => scroll(0.9),
  PageUp: () => scroll(-0.9),
  ArrowDown: () => scroll(0, 60),
  ArrowUp: () => scroll(0, -60),
};

function scroll(share, more = 0) {
  view.pane.scrollBy({ top: share * view.pane.clientHeight + more, behavior: "instant" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.key === "Escape" && (source.close(true) || closeSidebar())) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "?") return help();
  const onPages = document.body.dataset.tab === "pages";
  const move = onPages ? MOVES[event.key] : null;
  const key = $("shortcuts").checked ? KEYS[event.key] : null;
  const act = move ?? key;
  if (!act || (!onPages && !(event.key in TAB_KEYS))) return;
  event.preventDefault();
  act();
});

function closeSidebar() {
  if (innerWidth > 800 || $("sidebar").hidden) return false;
  sidebar.toggle(false);
  $("sidebar-button").focus();
  return true;
}

function help() {
  $("help").showModal();
}

$("help-button").addEventListener("click", help);
$("shortcuts").checked = loadSettings().shortcuts ?? true;
$("shortcuts").addEventListener("change", (event) => saveSettings({ shortcuts: event.target.checked }));
$("changed-button").addEventListener("click", goToChanged);

const { tab } = loadSettings();
choose(location.hash || !TABS.includes(tab) ? "pages" : tab);
connect();
