import { expect, it } from "vitest";
import { delay } from "./delay.ts";

it("resolves", async () => {
  await expect(delay(0, new AbortController().signal)).resolves.toBeUndefined();
});

it("rejects as soon as the signal is aborted", async () => {
  const leave = new AbortController();
  const hour = delay(3_600_000, leave.signal);
  leave.abort();
  await expect(hour).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
});
