import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { createFakeEnvironment } from "../../../test/fake-environment.ts";
import { emptyNotebook } from "./notebook.ts";
import { sharedHash } from "./notebook-link.ts";
import { useKeptNotebook } from "./use-kept-notebook.ts";

beforeEach(() => localStorage.clear());

function openNotebook(hash = "") {
  const environment = createFakeEnvironment();
  const onWrite = vi.fn<(hash: string) => void>();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StreamEnvironmentContext value={environment}>{children}</StreamEnvironmentContext>
  );
  const { result, unmount } = renderHook(() => useKeptNotebook(hash, onWrite), { wrapper });
  return { change: (text: string) => act(() => result.current[1]({ text })), unmount, onWrite };
}

it("keeps what was written last when the page is left before writing has rested", () => {
  const first = openNotebook();
  first.change("own = 1");
  first.unmount();
  expect(localStorage.getItem("triptych-notebook")).toContain("own");
});

it("keeps it when the browser leaves the app", () => {
  const { change } = openNotebook();
  change("own = 1");
  window.dispatchEvent(new Event("pagehide"));
  expect(localStorage.getItem("triptych-notebook")).toContain("own");
});

it("does not write to the address of the next page", () => {
  const { change, unmount, onWrite } = openNotebook(sharedHash({ ...emptyNotebook, text: "x = 1" }));
  change("x = 2");
  unmount();
  expect(onWrite).not.toHaveBeenCalled();
  expect(localStorage.getItem("triptych-notebook")).toBeNull();
});
