// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { createPageVisibility } from "./page-visibility.ts";

function watchPage() {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  const visibility = createPageVisibility(window);
  const seen: boolean[] = [];
  const stop = visibility.onChange(() => seen.push(visibility.isVisible()));
  return { visibility, seen, stop };
}

it("follows the page into the background and back", () => {
  const { seen, stop } = watchPage();
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  stop();
  document.dispatchEvent(new Event("visibilitychange"));
  for (const event of ["pagehide", "pageshow"]) window.dispatchEvent(new Event(event));
  expect(seen).toEqual([false, true]);
});

it("takes a page that is left for hidden until it is come back to, whatever its state says", () => {
  const { visibility, seen, stop } = watchPage();
  window.dispatchEvent(new Event("pagehide"));
  expect(visibility.isVisible()).toBe(false);
  window.dispatchEvent(new Event("pageshow"));
  stop();
  expect(seen).toEqual([false, true]);
});
