// Judge web pages in the system's Chromium, and by html-validate.
//
//     node judge.mjs axe|chromium|html-validate BROWSER FILE…
//
// It prints one row of JSON a file, in their order: {"file": …, "faults": [a line each]}.

import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];
const require = createRequire(import.meta.url);

/** Let a function look at a page as it stands at each width, in light and dark. */
async function look(browser, file, judge) {
  const faults = new Set();
  for (const colorScheme of SCHEMES) {
    const page = await browser.newPage({ colorScheme, reducedMotion: "reduce" });
    const watched = watch(page, file);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(pathToFileURL(file).href);
      for (const fault of await judge(page)) faults.add(`${width} px, ${colorScheme}: ${fault}`);
    }
    await page.close();
    for (const fault of watched) faults.add(fault);
  }
  return [...faults];
}

/** Note down what a page asks for besides itself, and what its console says. */
function watch(page, file) {
  const faults = new Set();
  const own = pathToFileURL(file).href;
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && url.split("#")[0] !== own) faults.add(`asks for ${url}`);
  });
  page.on("console", (message) => faults.add(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.add(`script: ${error.message}`));
  return faults;
}

/** Every rule of axe, its advice on good practice included. */
async function axe(page) {
  const { source } = require("axe-core");
  // Evaluated by the browser's own tools, which no content security policy of the page stops.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({
      rules: { "target-size": { enabled: true }, "color-contrast": { enabled: true } },
    }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} [${target.join(" ")}]`),
  );
}

/** The page fits its width, and every image is there. */
async function chromium(page) {
  return page.evaluate(() => {
    const faults = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} px`);
    for (const image of document.images) {
      if (!image.complete || !image.naturalWidth) faults.push(`no image: ${image.alt}`);
    }
    return faults;
  });
}

async function inBrowser(judge, executablePath, files) {
  const playwright = require("playwright-core");
  const args = ["--no-sandbox", "--disable-gpu"]; // a sandbox cannot be made by root, as CI is
  const browser = await playwright.chromium.launch({ executablePath, args });
  try {
    for (const file of files) row(file, await look(browser, file, judge));
  } finally {
    await browser.close();
  }
}

async function htmlValidate(files) {
  const { HtmlValidate } = require("html-validate");
  const validator = new HtmlValidate({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  });
  for (const file of files) {
    const { results } = await validator.validateFile(file);
    const messages = results.flatMap((result) => result.messages);
    row(file, messages.map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`));
  }
}

function row(file, faults) {
  console.log(JSON.stringify({ file, faults }));
}

const [judge, browser, ...names] = process.argv.slice(2);
const files = names.map((name) => path.resolve(name));
if (judge === "html-validate") await htmlValidate(files);
else await inBrowser({ axe, chromium }[judge], browser, files);
