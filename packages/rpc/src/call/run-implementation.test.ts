import { expect, it } from "vitest";
import type { Call } from "./call.ts";
import { runImplementation } from "./run-implementation.ts";

it("rejects with the reason of a call that was aborted before its implementation was run, though that never settles", async () => {
  const context = {} as Call["context"];
  const reason = new Error("its deadline has passed");
  const call = {
    method: { implementation: () => new Promise(() => undefined) },
    context,
    aborted: true,
    reason,
    handlerStarted: () => undefined,
  } as unknown as Call;
  await expect(runImplementation(call, {}, context)).rejects.toBe(reason);
});
