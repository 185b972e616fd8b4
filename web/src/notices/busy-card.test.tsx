import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { createFakeEnvironment } from "../test/fake-environment.ts";
import { renderApp } from "../test/render-app.tsx";
import { createWaitingCalls, WaitingCallsContext } from "../transport/waiting-calls.ts";
import { NoticesProvider } from "./notices-provider.tsx";

it("says when calls are made again, counting down, as long as one waits", async () => {
  const environment = createFakeEnvironment();
  const waiting = createWaitingCalls();
  renderApp(
    <WaitingCallsContext value={waiting}>
      <NoticesProvider>{null}</NoticesProvider>
    </WaitingCallsContext>,
    { environment },
  );
  const text = () => screen.queryByText(/The server is busy/)?.textContent;
  expect(text()).toBeUndefined();
  const ends: (() => void)[] = [];
  act(() => void ends.push(waiting.add(2_500), waiting.add(1_000)));
  expect(text()).toBe("The server is busy. Trying again in 3 s.");
  await act(() => environment.advance(500));
  expect(text()).toBe("The server is busy. Trying again in 2 s.");
  act(() => ends.shift()?.());
  expect(text()).toBe("The server is busy. Trying again in 1 s.");
  act(() => ends.shift()?.());
  expect(text()).toBeUndefined();
});
