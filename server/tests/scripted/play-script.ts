import type { HandlerContext } from "@connectrpc/connect";
import { Pause, type Script, type Step } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import type { Journal } from "./journal.ts";
import { oddReply } from "./odd-reply.ts";
import { reportContext } from "./report-context.ts";
import { changeMetadata, thrownBy } from "./throw-failure.ts";

/** Does the steps one after the other, and yields the answers among them, which need not be messages. */
export async function* playScript(
  script: Script | undefined,
  context: HandlerContext,
  journal: Journal,
): AsyncGenerator<unknown> {
  try {
    for (const { action } of script?.steps ?? []) {
      if (action.case === "pause") await pause(action.value, context.signal, journal);
      // Not `yield*`, which waits for a moment even where there is nothing to yield: metadata may be set before the first wait only.
      else for (const answer of take(action, context)) yield answer;
    }
    journal.write("played to the end");
  } finally {
    journal.write("left");
  }
}

/** Does the steps at once, up to the first answer, and returns that; leaves pauses out. */
export function playAtOnce(script: Script | undefined, context: HandlerContext): unknown {
  for (const { action } of script?.steps ?? []) {
    for (const answer of take(action, context)) return answer;
  }
  return {};
}

function* take(action: Step["action"], context: HandlerContext): Generator<unknown> {
  switch (action.case) {
    case "setMetadata": {
      const { responseHeader, responseTrailer } = context;
      changeMetadata(action.value.trailer ? responseTrailer : responseHeader, action.value);
      return;
    }
    case "answer": {
      const { text, size } = action.value;
      yield { reply: { text, data: new Uint8Array(size).fill(size % 251) } };
      return;
    }
    case "report":
      yield { reply: { facts: reportContext(context) } };
      return;
    case "oddity":
      yield oddReply(action.value);
      return;
    case "failure":
      throw thrownBy(action.value);
  }
}

async function pause(how: Pause, signal: AbortSignal, journal: Journal): Promise<void> {
  if (how === Pause.MICROTASK) return;
  if (how === Pause.FOREVER) return await journal.held();
  if (how === Pause.UNTIL_ABORTED) return await rejectWhenAborted(signal, journal);
  await new Promise((resolve) => setImmediate(resolve));
}

async function rejectWhenAborted(signal: AbortSignal, journal: Journal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  journal.write(`heard ${String(signal.reason)}`);
  throw signal.reason;
}
