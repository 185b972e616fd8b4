import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { createFakeEnvironment } from "../test/fake-environment.ts";
import { renderApp } from "../test/render-app.tsx";
import { LostParts } from "./lost-parts.ts";
import { useNotify } from "./use-notify.ts";

const lost = "Part of this page could not be loaded.";

function Notifier() {
  const notify = useNotify();
  return (
    <button type="button" onClick={() => notify({ kind: "info", text: "Saved." })}>
      Save
    </button>
  );
}

function losePart() {
  act(() => void window.dispatchEvent(new Event("vite:preloadError")));
}

it("says once that parts could not be loaded, until that is dismissed", async () => {
  const environment = createFakeEnvironment();
  renderApp(<LostParts />, { environment });
  losePart();
  losePart();
  await act(() => environment.advance(3_600_000));
  expect(screen.getAllByText(lost)).toHaveLength(1);
  expect(screen.getByRole("button", { name: "Load the page again" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByText(lost)).toBeNull();
});

it("is not pushed out by what is said after it", async () => {
  renderApp(
    <>
      <LostParts />
      <Notifier />
    </>,
  );
  losePart();
  for (let times = 0; times < 5; times++) await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getAllByText("Saved.")).toHaveLength(4);
  expect(screen.getByText(lost)).toBeDefined();
});
