import { expect, it } from "vitest";
import { startHealth } from "./start-health.ts";

it("waits for watchers no longer than for a moment when it shuts down, and leaves no timer when all have heard", async () => {
  const stopping = new AbortController();
  const waits: AbortSignal[] = [];
  const { shutDown, stopped, health } = startHealth({
    askStore: async () => undefined,
    pauseMs: 1_000,
    // Ends only by its signal, as a timer that is never due.
    delay(_milliseconds, signal) {
      waits.push(signal);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
    },
    onError: () => undefined,
    signal: stopping.signal,
  });
  await shutDown();
  expect(health.obstacle).toBe("the server is shutting down");
  const [pause, telling] = waits;
  expect([pause?.aborted, telling?.aborted]).toEqual([false, true]);
  stopping.abort();
  await stopped;
});
