import { EmptySchema } from "@bufbuild/protobuf/wkt";
import { expect, it, vi } from "vitest";
import type { Call } from "./call.ts";
import { ResponseMessages } from "./response-messages.ts";

/** What the messages of a call ask of it. */
function createCall(implementation: () => AsyncIterable<unknown>) {
  const context = {} as Call["context"];
  const handlerEnded = vi.fn();
  const call = {
    method: { implementation, desc: { output: EmptySchema } },
    context,
    aborted: false,
    handlerStarted: () => undefined,
    handlerEnded,
  } as unknown as Call;
  return { call, handlerEnded, messages: new ResponseMessages(call, {}, context, () => undefined) };
}

it("fails the next read with what the call has failed with, though nothing waited for a message then", async () => {
  const { call, messages, handlerEnded } = createCall(async function* () {
    for (;;) yield {};
  });
  expect(await messages.next()).toMatchObject({ done: false });
  call.onAbort?.(new Error("its deadline has passed"));
  await expect(messages.next()).rejects.toThrow("its deadline has passed");
  expect(await messages.next()).toEqual({ done: true, value: undefined });
  expect(handlerEnded).toHaveBeenCalledTimes(1);
});
