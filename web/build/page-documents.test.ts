import { expect, test } from "vitest";
import template from "../index.html?raw";
import { fillIn } from "./page-documents.ts";

const page = {
  fileName: "tea.html",
  title: "Tea & $&",
  description: 'Two "cups"',
  markup: "<h1>Tea</h1>",
  source: undefined,
};

test("a document has the title, the description and the first paint of its page", () => {
  const html = fillIn(template, page, []);
  expect(html).toContain("<title>Tea &#38; $&#38;</title>");
  expect(html).toMatch(/name="description"\s+content="Two &#34;cups&#34;"/);
  expect(html).toContain('<meta property="og:title" content="Tea &#38; $&#38;" />');
  expect(html).toMatch(/property="og:description"\s+content="Two &#34;cups&#34;"/);
  expect(html).toContain('<div id="root" data-prerendered><h1>Tea</h1></div>');
});

test("keeps the description of the app where the page has none", () => {
  expect(fillIn(template, { ...page, description: undefined }, [])).toContain(
    "Three services, three protocols, one port:",
  );
});

test("fails the build when the document has no place for a page", () => {
  expect(() => fillIn("<title></title>", page, [])).toThrow("the document has no place for");
});

test("a document loads the files of its page beside those that it loads anyway", () => {
  const html = fillIn(`${template}<script src="/assets/app.js"></script>`, page, [
    "assets/tea.js",
    "assets/app.js",
    "assets/tea.css",
  ]);
  expect(html.match(/rel="\w+" crossorigin href="[^"]*"/g)).toEqual([
    'rel="modulepreload" crossorigin href="/assets/tea.js"',
    'rel="stylesheet" crossorigin href="/assets/tea.css"',
  ]);
});
