import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { createFakeEnvironment } from "../test/fake-environment.ts";
import { renderApp } from "../test/render-app.tsx";
import { RelativeTime } from "./relative-time.tsx";

it("says how long ago it was, and goes on saying it", async () => {
  const environment = createFakeEnvironment();
  renderApp(<RelativeTime time={new Date(0)} />, { environment });
  const time = screen.getByText("just now");
  expect(time.getAttribute("datetime")).toBe("1970-01-01T00:00:00.000Z");
  await act(() => environment.advance(5_000));
  expect(time.textContent).toBe("5 s ago");
  await act(() => environment.advance(60_000));
  expect(time.textContent).toBe("1 min ago");
});
