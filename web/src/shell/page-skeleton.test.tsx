import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderApp } from "../test/render-app.tsx";
import { PageSkeleton } from "./page-skeleton.tsx";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("offers to load a page again that does not come", () => {
  renderApp(<PageSkeleton />);
  expect(screen.getByRole("status").textContent).toBe("Loading the page…");
  expect(screen.queryByRole("button")).toBeNull();
  act(() => void vi.advanceTimersByTime(15_000));
  expect(screen.getByRole("status").textContent).toBe("This page takes long to load.");
  expect(screen.getByRole("button", { name: "Load it again" })).toBeDefined();
});
