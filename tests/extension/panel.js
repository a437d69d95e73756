// How many words each article has.

export default class Words {
  constructor(element) {
    this.element = element;
  }

  update({ words }) {
    this.element.replaceChildren(...words.map((count) => {
      const line = document.createElement("p");
      line.textContent = `${count} words`;
      return line;
    }));
  }
}
