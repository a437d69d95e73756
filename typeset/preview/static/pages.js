// The pages: which are visible, how large they are, and moving between them.

import { $, loadSettings, saveSettings } from "./dom.js";
import { Sheet } from "./sheet.js";

const PIXELS = 96 / 72; // of a point at 100 %
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const GAP = 20;
const SPREAD_GAP = 2;

export class PageView {
  constructor({ onPage }) {
    this.pane = $("pane");
    this.list = $("sheets");
    this.sheets = [];
    this.onPage = onPage;
    this.current = 1;
    this.scale = PIXELS;
    const { zoom = "width", spreads = false } = loadSettings();
    this.zoom = String(zoom);
    this.setSpreads(spreads);
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const sheet = this.sheets[target.dataset.page - 1];
        if (sheet) sheet.setNear(isIntersecting);
      }
      this.observed?.();
      this.show();
    }, { root: this.pane, rootMargin: "100% 0px" });
    this.pane.addEventListener("scroll", () => this.noticeScroll(), { passive: true });
    new ResizeObserver(() => this.fit()).observe(this.pane);
    // Chosen by mouse, it gives the keys back to the pages; by keyboard, more may follow.
    let byMouse = false;
    $("zoom").addEventListener("pointerdown", () => { byMouse = true; });
    $("zoom").addEventListener("change", ({ target }) => {
      this.setZoom(target.value);
      if (byMouse) this.pane.focus({ preventScroll: true });
      byMouse = false;
    });
    $("larger").addEventListener("click", () => this.step(1));
    $("smaller").addEventListener("click", () => this.step(-1));
    $("previous").addEventListener("click", () => this.turn(-1));
    $("next").addEventListener("click", () => this.turn(1));
    $("spreads").addEventListener("click", () => this.toggleSpreads());
    $("page").addEventListener("change", (event) => this.go(Number.parseInt(event.target.value, 10) || this.current));
    $("page").addEventListener("focus", (event) => event.target.select());
    $("page").addEventListener("keydown", ({ key }) => {
      if (key === "Enter") this.pane.focus({ preventScroll: true });
    });
    // Join words that are divided at the end of a line when text is copied.
    this.pane.addEventListener("copy", (event) => {
      const text = getSelection().toString();
      event.clipboardData.setData("text/plain", text.replace(/\u00ad\s*\n/g, "").replace(/\u00ad/g, ""));
      event.preventDefault();
    });
  }

  // Show a new state; resolves when the pages in sight show it.
  async update({ pages, revision, partial, activity }) {
    this.list.classList.toggle("partial", partial);
    while (this.sheets.length > pages.length) {
      const sheet = this.sheets.pop();
      this.observer.unobserve(sheet.element);
      sheet.element.remove();
    }
    const added = [];
    while (this.sheets.length < pages.length) {
      const sheet = new Sheet(this.sheets.length + 1, this);
      this.sheets.push(sheet);
      added.push(sheet);
    }
    this.pages = pages;
    this.revision = revision;
    this.setEarly(activity.early);
    this.list.append(...added.map((sheet) => sheet.element));
    this.fit();
    for (const sheet of added) this.observer.observe(sheet.element);
    $("pages-of").textContent = `of ${pages.length}`;
    $("empty").hidden = pages.length > 0;
    this.noticeScroll();
    // The observer reports a moment later which new sheets are near.
    if (added.length) await new Promise((resolve) => { this.observed = resolve; });
    await this.show();
  }

  // Show a page of the build under way in the place of the last good one; null brings that back.
  showEarly(early) {
    if (early?.digest === this.early?.digest) return;
    this.setEarly(early);
    this.fit();
    this.show();
  }

  setEarly(early) {
    this.early = early;
    this.sheets.forEach((sheet, index) => {
      const isEarly = early?.page === sheet.number;
      sheet.update(isEarly ? early : this.pages[index], this.revision, isEarly);
    });
  }

  // Fetch the pages in sight, then those near them: nothing is drawn before what is seen, and of
  // far pages nothing is fetched.  Resolves when the pages in sight are shown.
  async show() {
    const seen = this.sheets.filter((sheet) => sheet.near && this.isInSight(sheet));
    await Promise.all(seen.map((sheet) => sheet.show()));
    for (const sheet of this.sheets) if (sheet.near && !seen.includes(sheet)) sheet.show();
  }

  isInSight({ element }) {
    const top = element.offsetTop - this.pane.scrollTop;
    return top < this.pane.clientHeight && top + element.offsetHeight > 0;
  }

  pixels({ width }) {
    return Math.max(16, Math.round(width * this.scale * Math.min(devicePixelRatio, 4)));
  }

  // --- Size -----------------------------------------------------------------------------------

  setZoom(zoom) {
    this.zoom = String(zoom);
    saveSettings({ zoom: this.zoom });
    this.fit();
  }

  step(direction) {
    const now = this.scale / PIXELS;
    const steps = direction > 0 ? STEPS : STEPS.toReversed();
    const next = steps.find((step) => (step - now) * direction > 0.01);
    if (next) this.setZoom(next);
  }

  setSpreads(spreads) {
    this.spreads = spreads;
    this.list.classList.toggle("spreads", spreads);
    $("spreads").setAttribute("aria-pressed", spreads);
  }

  toggleSpreads() {
    const anchor = this.anchor();
    this.setSpreads(!this.spreads);
    saveSettings({ spreads: this.spreads });
    this.scale = 0; // so that `fit` restores the anchor even at the same scale
    this.fit(anchor);
  }

  // Set the scale of the zoom, and keep the middle of the window in place.
  fit(anchor = this.anchor()) {
    if (!this.sheets.length || !this.pane.clientWidth) return;
    const widest = Math.max(...this.sheets.map((sheet) => sheet.info.width));
    const { height } = this.sheets[0].info;
    const across = this.spreads ? 2 : 1;
    const margin = this.pane.clientWidth < 600 ? 16 : GAP * 2;
    const room = this.pane.clientWidth - margin - (across - 1) * SPREAD_GAP;
    const width = Math.min(room / (widest * across), PIXELS * 2.2);
    const page = Math.min(width, (this.pane.clientHeight - GAP * 2) / height);
    const scale = { width, page }[this.zoom] ?? Number(this.zoom) * PIXELS;
    this.showZoom();
    if (Math.abs(scale - this.scale) < 1e-4) return;
    this.scale = scale;
    this.list.style.setProperty("--scale", scale);
    this.restore(anchor);
    clearTimeout(this.redrawing);
    this.redrawing = setTimeout(() => this.show(), 120);
  }

  showZoom() {
    const select = $("zoom");
    const other = select.querySelector("[value=other]");
    if ([...select.options].some((option) => option !== other && option.value === this.zoom)) {
      select.value = this.zoom;
    } else {
      other.textContent = `${Math.round(Number(this.zoom) * 100)} %`;
      select.value = "other";
    }
  }

  // The place in the pages that is in the middle of the window.
  anchor() {
    const middle = this.pane.scrollTop + this.pane.clientHeight / 2;
    const sheet = this.sheets.find(({ element }) => element.offsetTop + element.offsetHeight >= middle) ?? this.sheets.at(-1);
    if (!sheet || !this.pane.scrollTop) return null;
    return { sheet, share: (middle - sheet.element.offsetTop) / (sheet.element.offsetHeight || 1) };
  }

  restore(anchor) {
    if (!anchor) return;
    const { element } = anchor.sheet;
    this.pane.scrollTop = element.offsetTop + anchor.share * element.offsetHeight - this.pane.clientHeight / 2;
  }

  // --- Place ----------------------------------------------------------------------------------

  noticeScroll() {
    const line = this.pane.scrollTop + this.pane.clientHeight * 0.4;
    let page = 1;
    for (const { element, number } of this.sheets) if (element.offsetTop <= line) page = number;
    // In a spread, the current page is the left one, unless the right one was requested.
    if (this.spreads && this.asked !== page && page > 1 && page % 2) page -= 1;
    if (page !== this.current || this.total !== this.sheets.length) {
      this.current = page;
      this.total = this.sheets.length;
      if (document.activeElement !== $("page")) $("page").value = page;
      $("previous").disabled = page <= 1;
      $("next").disabled = page >= this.total - (this.spreads ? 1 : 0);
      this.onPage(page);
    }
  }

  turn(direction) {
    const step = this.spreads && (this.current > 1 || direction < 0) ? 2 : 1;
    this.go(this.current + direction * step);
  }

  // Go to a page, or to a height in points on it.
  go(page, top = null, { center = false } = {}) {
    const number = Math.min(Math.max(page, 1), this.sheets.length);
    const sheet = this.sheets[number - 1];
    if (!sheet) return;
    this.asked = number;
    const offset = top === null ? -GAP / 2 : top * this.scale - (center ? this.pane.clientHeight / 3 : 40);
    const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const far = Math.abs(number - this.current) > 2;
    this.pane.scrollTo({ top: sheet.element.offsetTop + offset, behavior: quiet || far ? "instant" : "smooth" });
    if (document.activeElement === $("page")) $("page").value = number;
  }
}
