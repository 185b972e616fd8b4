import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PageSkeleton } from "./page-skeleton.tsx";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("offers to load a page again that does not come", () => {
  render(
    <MantineProvider>
      <PageSkeleton />
    </MantineProvider>,
  );
  expect(screen.getByRole("status").textContent).toBe("Loading the page…");
  expect(screen.queryByRole("button")).toBeNull();
  act(() => void vi.advanceTimersByTime(15_000));
  expect(screen.getByRole("status").textContent).toBe("This page takes long to load.");
  expect(screen.getByRole("button", { name: "Load it again" })).toBeDefined();
});
