import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { PageFailure } from "../shell/page-failure.tsx";
import { renderApp } from "../test/render-app.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";

function Broken(): never {
  throw new Error("the chunk is gone");
}

it("shows what to do instead of a page that cannot be drawn", () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  renderApp(
    <ErrorBoundary resetKey="/books" fallback={() => <PageFailure />}>
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByRole("heading", { name: "This page did not open" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Load it again" })).toBeDefined();
});

it("shows the next page when the key changes", () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const guarded = (page: string) => (
    <ErrorBoundary resetKey={page} fallback={() => "failed"}>
      {page === "/broken" ? <Broken /> : "works"}
    </ErrorBoundary>
  );
  const view = renderApp(guarded("/broken"));
  expect(view.container.textContent).toContain("failed");
  view.unmount();
  expect(renderApp(guarded("/fine")).container.textContent).toContain("works");
});
