import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { createFakeEnvironment } from "../test/fake-environment.ts";
import { renderApp } from "../test/render-app.tsx";
import { noticeDuration } from "./notice.ts";
import { useNotify } from "./use-notify.ts";

const notice = {
  kind: "error",
  text: "The rating was not stored.",
  error: new ConnectError("", Code.Unavailable),
} as const;

function Notifier() {
  const notify = useNotify();
  return (
    <button type="button" onClick={() => notify(notice)}>
      Rate
    </button>
  );
}

async function renderNotice() {
  const environment = createFakeEnvironment();
  renderApp(<Notifier />, { environment });
  await userEvent.click(screen.getByRole("button", { name: "Rate" }));
  return environment;
}

it("shows a notice with the code of its error in a live region", async () => {
  await renderNotice();
  const region = screen.getByRole("region", { name: "Notices" });
  expect(region.getAttribute("aria-live")).toBe("polite");
  expect(region.textContent).toContain("The rating was not stored. UNAVAILABLE");
});

it("goes by itself", async () => {
  const environment = await renderNotice();
  await act(() => environment.advance(noticeDuration(notice)));
  expect(screen.queryByText(/rating was not stored/)).toBeNull();
});

it("stays while the pointer is on it", async () => {
  const environment = await renderNotice();
  await userEvent.hover(screen.getByText(/rating was not stored/));
  await act(() => environment.advance(noticeDuration(notice)));
  expect(screen.queryByText(/rating was not stored/)).not.toBeNull();
});

it("goes when dismissed", async () => {
  await renderNotice();
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByText(/rating was not stored/)).toBeNull();
});
