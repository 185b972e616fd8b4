import { render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, it } from "vitest";
import { preloadable } from "./preloadable.ts";

function Tea() {
  return <p>tea</p>;
}

it("is there at once when its code was loaded ahead of time", async () => {
  const { Component, preload } = preloadable(async () => Tea);
  await preload();
  const { container } = render(
    <Suspense fallback="loading">
      <Component />
    </Suspense>,
  );
  expect(container.textContent).toBe("tea");
});

it("is loaded when it is first shown", async () => {
  const { Component } = preloadable(async () => Tea);
  render(
    <Suspense fallback="loading">
      <Component />
    </Suspense>,
  );
  expect(screen.getByText("loading")).toBeDefined();
  expect(await screen.findByText("tea")).toBeDefined();
});

it("does not fail before it is shown", async () => {
  const { preload } = preloadable(() => Promise.reject(new Error("gone")));
  await expect(preload()).resolves.toBeUndefined();
});
