import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { LiveStreamState } from "@triptych/rpc-web/react";
import { expect, it, vi } from "vitest";
import { createFakeEnvironment } from "../test/fake-environment.ts";
import { renderApp } from "../test/render-app.tsx";
import { LiveStatus } from "./live-status.tsx";

const error = new ConnectError("gone", Code.Unavailable);

it.each<[LiveStreamState, string]>([
  [{ kind: "idle" }, "off"],
  [{ kind: "paused" }, "paused"],
  [{ kind: "connecting", failures: 0 }, "connecting…"],
  [{ kind: "live", since: 0 }, "live"],
  [{ kind: "reconnecting", retryAt: 3_000, error }, "reconnecting in 3 s"],
  [{ kind: "ended" }, "ended"],
  [{ kind: "failed", error }, "failed"],
])("says of %j: %s", (state, words) => {
  renderApp(<LiveStatus state={state} />);
  expect(screen.getByRole("status").textContent).toBe(words);
});

it("counts the seconds down", async () => {
  const environment = createFakeEnvironment();
  renderApp(<LiveStatus state={{ kind: "reconnecting", retryAt: 2_500, error }} />, { environment });
  expect(screen.getByRole("status").textContent).toBe("reconnecting in 3 s");
  await act(() => environment.advance(500));
  expect(screen.getByRole("status").textContent).toBe("reconnecting in 2 s");
  await act(() => environment.advance(2_000));
  expect(screen.getByRole("status").textContent).toBe("reconnecting in 0 s");
});

it("offers to open a stream that is not open", async () => {
  const onRetry = vi.fn();
  renderApp(<LiveStatus state={{ kind: "failed", error }} onRetry={onRetry} />);
  await userEvent.click(screen.getByRole("button", { name: "Open again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

it("offers nothing while it is live", () => {
  renderApp(<LiveStatus state={{ kind: "live", since: 0 }} onRetry={() => {}} />);
  expect(screen.queryByRole("button")).toBeNull();
});
