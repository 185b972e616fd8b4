import type { HandlerContext } from "@connectrpc/connect";
import type { GreeterMethods } from "../serve-greeter.ts";

/** What a handler does, by the name that its call sends: answers, waits for the end of the call before or after a message, or fails. */
export type Deed = "answers" | "waits" | "answers, then waits" | "fails";

/** Handlers of each kind that do as their client tells them; those that wait do so until the call is over, or `go` resolves. */
export function doAsTold(go: Promise<void>): GreeterMethods {
  const wait = ({ signal }: HandlerContext) => Promise.race([go, aborted(signal)]);

  async function answer(deed: string, context: HandlerContext): Promise<{ message: string }> {
    if (deed === "fails") throw new Error("told to fail");
    if (deed !== "answers") await wait(context);
    return { message: deed };
  }

  async function* stream(deed: string, context: HandlerContext): AsyncGenerator<{ message: string }> {
    if (deed === "answers, then waits") yield { message: deed };
    yield await answer(deed, context);
  }

  return {
    sayHello: ({ name }, context) => answer(name, context),
    streamGreetings: ({ name }, context) => stream(name, context),
    async greetGroup(requests, context) {
      for await (const { name } of requests) return answer(name, context);
      return {};
    },
    async *converse(requests, context) {
      for await (const { name } of requests) yield* stream(name, context);
    },
  };
}

/** Rejects when the signal is aborted, and leaves no listener when it is not. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
