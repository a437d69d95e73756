// The issue as a web page, in a frame that runs no script.

import { $, getJSON, make } from "./dom.js";

export default class WebPage {
  constructor(element, { source }) {
    this.element = element;
    this.source = source;
    this.frame = null;
    this.digest = "";
  }

  // Load the new page in a hidden frame, then show it at the old scroll position.
  update({ html }) {
    if (html === null) return; // it is still to be made
    $("no-html").hidden = Boolean(html);
    if (html === this.digest) return;
    this.digest = html;
    const old = this.frame;
    if (!html) {
      old?.remove();
      this.frame = null;
      return;
    }
    const frame = make("iframe", { src: `/issue.html?${html}`, title: "The issue as a web page", className: "loading" });
    frame.sandbox = "allow-same-origin allow-popups";
    frame.addEventListener("load", () => {
      if (html !== this.digest) {
        frame.remove();
        return;
      }
      frame.contentWindow.scrollTo({ top: old?.contentWindow?.scrollY ?? 0, behavior: "instant" });
      frame.contentDocument.addEventListener("click", (event) => this.click(event));
      frame.className = "";
      for (const other of this.element.querySelectorAll("iframe")) if (other !== frame) other.remove();
      this.frame = frame;
    });
    this.element.append(frame);
  }

  async click(event) {
    const element = event.target.closest("[id]");
    if (event.target.closest("a[href]") || !element || event.detail > 1) return;
    const found = await getJSON(`/source?id=${encodeURIComponent(element.id)}`).catch(() => null);
    if (found) this.source.show(found, this.element);
    else this.source.close();
  }
}
