// One page: its image, text and links, its changes, and the source of each part.

import { getJSON, make, place } from "./dom.js";

const FAMILY = "serif";
const pen = document.createElement("canvas").getContext("2d");
pen.font = `100px ${FAMILY}`;
const MARKED = 8000; // milliseconds
// Of what the image, the text and the places are.
const NOTHING = { digest: "", width: 0, text: "", revision: 0 };

export class Sheet {
  constructor(number, view) {
    this.number = number;
    this.view = view;
    this.image = make("img", { alt: "", className: "paper", draggable: false });
    this.text = make("div", { className: "text" });
    this.links = make("div", { className: "links" });
    this.marks = make("div", { className: "marks" });
    this.hover = make("div", { className: "hover", hidden: true });
    this.element = make(
      "section",
      { className: "sheet", id: `sheet-${number}`, aria: { label: `Page ${number}` }, data: { page: number } },
      this.image, this.marks, this.hover, this.text, this.links,
    );
    this.near = false; // whether it is in sight, or soon may be
    this.areas = [];
    this.shown = NOTHING;
    this.wanted = NOTHING;
    this.showing = null; // settles when what is wanted is shown
  }

  // Show a new state of this page.  It is early if the build under way has drawn it by itself.
  update(info, revision, isEarly) {
    this.info = info;
    this.element.classList.toggle("early", isEarly);
    this.revision = revision;
    this.element.style.setProperty("--width", info.width);
    this.element.style.setProperty("--height", info.height);
  }

  setNear(near) {
    // Release the image, so that a long document does not fill the memory.
    if (this.near && !near) this.clear();
    this.near = near;
  }

  clear() {
    this.wanted = NOTHING;
    this.image.removeAttribute("src");
    this.text.replaceChildren();
    this.links.replaceChildren();
    this.marks.replaceChildren();
    this.areas = [];
    this.shown = NOTHING;
    delete this.element.dataset.digest;
  }

  // Show the present state of this page at the present size; resolves when it is shown.
  show() {
    const { digest } = this.info;
    const wanted = { digest, width: this.view.pixels(this.info), text: digest, revision: this.revision };
    if (Object.keys(wanted).some((key) => wanted[key] !== this.wanted[key])) {
      this.wanted = wanted;
      this.showing = this.fetch(wanted);
    }
    return this.showing;
  }

  // Fetch what is missing: the image, which is shown at once, then what lies over it.
  async fetch(wanted) {
    const { digest, width, revision } = wanted;
    const { shown } = this;
    const isNew = digest !== shown.digest;
    const drawing = isNew || width !== shown.width ? decoded(`/pages/${digest}.png?width=${width}`) : null;
    const rest = Promise.all([
      digest === shown.text ? null : getJSON(`/pages/${digest}.json`),
      revision === shown.revision ? null : getJSON(`/places/${revision}/${this.number}`),
    ]);
    rest.catch(() => {}); // it may fail before it is awaited
    try {
      const image = await drawing;
      if (wanted !== this.wanted) return;
      if (image) {
        image.className = "paper";
        this.image.replaceWith(image);
        this.image = image;
        this.shown = { ...this.shown, digest, width };
        this.element.dataset.digest = digest;
      }
      const [text, places] = await rest;
      if (wanted !== this.wanted) return;
      if (text) this.setText(text);
      if (places) {
        this.areas = places.areas;
        this.fetchMore(revision, isNew);
      }
      this.shown = wanted;
      this.element.dataset.revision = revision;
    } catch {
      // There are newer pages, or the server is gone: another state will follow.
      if (wanted === this.wanted) this.wanted = NOTHING;
    }
  }

  // Fetch what can wait until the page is shown: its links, and marks of changes.
  async fetchMore(revision, isNew) {
    const [links, marks] = await Promise.all([
      getJSON(`/links/${revision}/${this.number}`).catch(() => []),
      isNew ? getJSON(`/marks/${revision}/${this.number}`).catch(() => []) : null,
    ]);
    if (revision !== this.revision || !this.near) return;
    this.setLinks(links);
    if (marks) this.mark(marks);
  }

  setText({ lines }) {
    this.text.replaceChildren(...lines.map(([text, ...box]) => {
      const span = make("span", { textContent: text });
      const natural = pen.measureText(text.replace(/\u00ad$/, "-")).width / 100;
      const size = box[3] - box[1];
      span.style.setProperty("--sx", natural ? (box[2] - box[0]) / (natural * size) : 1);
      return place(span, box);
    }));
  }

  setLinks(links) {
    this.links.replaceChildren(...links.map((link) => {
      const outside = Boolean(link.address);
      const element = make("a", {
        href: outside ? link.address : `#page=${link.page}`,
        title: outside ? link.address : `page ${link.page}`,
        aria: { label: outside ? link.address : `to page ${link.page}` },
      });
      if (outside) Object.assign(element, { target: "_blank", rel: "noopener noreferrer" });
      else element.addEventListener("click", (event) => {
        event.preventDefault();
        this.view.go(link.page, link.top);
      });
      return place(element, link.box);
    }));
  }

  mark(boxes) {
    this.marks.replaceChildren(...boxes.map((box) => place(make("div", { className: "mark" }), box)));
    clearTimeout(this.marking);
    this.marking = setTimeout(() => this.marks.replaceChildren(), MARKED);
  }

  // The smallest area of the page at a place on the screen.
  areaAt(x, y) {
    const frame = this.element.getBoundingClientRect();
    const left = (x - frame.left) / this.view.scale;
    const top = (y - frame.top) / this.view.scale;
    return this.areas.find(({ box }) => box[0] <= left && left <= box[2] && box[1] <= top && top <= box[3]);
  }

  point(area, chosen = false) {
    this.hover.hidden = !area;
    this.hover.classList.toggle("chosen", Boolean(area) && chosen);
    if (area) place(this.hover, area.box);
  }
}

async function decoded(address) {
  const image = make("img", { alt: "", draggable: false, src: address });
  await image.decode();
  return image;
}
