// Thumbnails and contents.

import { $, loadSettings, make, saveSettings } from "./dom.js";

const WIDTH = 120; // CSS pixels of a thumbnail

export class Sidebar {
  constructor(view) {
    this.view = view;
    this.items = [];
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) this.draw(target);
    }, { root: $("sidebar"), rootMargin: "200px 0px" });
    $("sidebar-button").addEventListener("click", () => this.toggle());
    $("show-thumbnails").addEventListener("click", () => this.choose("thumbnails"));
    $("show-contents").addEventListener("click", () => this.choose("contents"));
    const { sidebar = false, list = "thumbnails" } = loadSettings();
    this.choose(list);
    this.toggle(sidebar && innerWidth > 800);
  }

  toggle(open = $("sidebar").hidden) {
    $("sidebar").hidden = !open;
    $("sidebar-button").setAttribute("aria-expanded", open);
    saveSettings({ sidebar: open });
    if (open) this.show(this.view.current);
  }

  choose(list) {
    for (const name of ["thumbnails", "contents"]) {
      $(name).hidden = name !== list;
      $(`show-${name}`).setAttribute("aria-pressed", name === list);
    }
    saveSettings({ list });
  }

  update({ pages, outline, changed }) {
    const set = new Set(changed);
    while (this.items.length > pages.length) {
      const item = this.items.pop();
      this.observer.unobserve(item);
      item.remove();
    }
    pages.forEach(({ digest, width, height }, index) => {
      const item = this.items[index] ?? this.add(index + 1);
      item.classList.toggle("changed", set.has(index + 1));
      item.style.setProperty("--ratio", width / height);
      if (item.dataset.digest === digest) return;
      item.dataset.digest = digest;
      // Observe it again, so that it is drawn again if it is visible.
      this.observer.unobserve(item);
      this.observer.observe(item);
    });
    $("contents").replaceChildren(nested(outline, (heading) => this.link(heading)));
    this.show(this.view.current);
  }

  add(page) {
    const item = make("li", { className: "thumbnail" }, make(
      "button",
      { type: "button", aria: { label: `Page ${page}` }, on: { click: () => this.go(page) } },
      make("span", { className: "frame" }),
      make("span", { className: "number", textContent: page }),
    ));
    this.items.push(item);
    $("thumbnails").append(item);
    return item;
  }

  async draw(item) {
    const { digest } = item.dataset;
    if (item.dataset.drawn === digest) return;
    const image = make("img", { alt: "", src: `/pages/${digest}.png?width=${Math.round(WIDTH * Math.min(devicePixelRatio, 3))}` });
    try {
      await image.decode();
    } catch {
      return; // newer pages will follow
    }
    if (item.dataset.digest !== digest) return;
    item.dataset.drawn = digest;
    item.querySelector(".frame").replaceChildren(image);
  }

  link({ title, page, top }) {
    return make(
      "a",
      { href: `#page=${page}`, on: { click: (event) => { event.preventDefault(); this.go(page, top); } } },
      make("span", { textContent: title }),
      make("span", { className: "number", textContent: page }),
    );
  }

  go(page, top = null) {
    if (innerWidth <= 800) this.toggle(false);
    this.view.go(page, top);
  }

  show(page) {
    this.items.forEach((item, index) => {
      const button = item.firstElementChild;
      if (index + 1 === page) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    });
    if (!$("sidebar").hidden && !$("thumbnails").hidden) this.items[page - 1]?.scrollIntoView({ block: "nearest" });
  }
}

// Nested lists, by the levels of the headings.
function nested(headings, link) {
  const top = make("ol");
  const open = [{ level: -1, list: top }];
  for (const heading of headings) {
    while (open.at(-1).level >= heading.level) open.pop();
    const parent = open.at(-1);
    parent.list ??= parent.item.appendChild(make("ol"));
    const item = make("li", {}, link(heading));
    parent.list.append(item);
    open.push({ level: heading.level, item, list: null });
  }
  return top;
}
