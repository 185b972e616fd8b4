import { afterEach, beforeEach, expect, it } from "vitest";
import { keepFocus } from "./keep-focus.ts";

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => root.remove());

function link(className: string, href: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.className = className;
  made.href = href;
  return made;
}

it("focuses the link of the same look to the same place, whatever its query", () => {
  const old = link("tab", "/books");
  root.replaceChildren(link("brand", "/books"), old);
  old.focus();
  const restore = keepFocus(root);
  const same = link("tab", "/books?protocol=connect");
  root.replaceChildren(link("brand", "/books?protocol=connect"), link("tab", "/greeter"), same);
  restore();
  expect(document.activeElement).toBe(same);
});

it("leaves the focus alone where it is on no link of the root", () => {
  const outside = link("tab", "/books");
  document.body.append(outside);
  outside.focus();
  const restore = keepFocus(root);
  root.replaceChildren(link("tab", "/books"));
  restore();
  expect(document.activeElement).toBe(outside);
  outside.remove();
});

it("focuses the content again that was gone to before the app was there", () => {
  const content = () => Object.assign(document.createElement("main"), { id: "main", tabIndex: -1 });
  const old = content();
  root.replaceChildren(link("skip", "#main"), old);
  old.focus();
  const restore = keepFocus(root);
  const now = content();
  root.replaceChildren(link("skip", "#main"), now);
  restore();
  expect(document.activeElement).toBe(now);
});
