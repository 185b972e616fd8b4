import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { Manner, type Script, ScriptService } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import { type ServiceRoute, serviceRoute } from "@triptych/rpc/call/service-route.ts";
import type { Journal } from "./journal.ts";
import { playAtOnce, playScript } from "./play-script.ts";

interface Request {
  readonly script?: Script | undefined;
}

/** The service whose implementation does what its requests say, and writes into the journal what becomes of it. */
export function scriptedRoute(journal: Journal): ServiceRoute {
  const once = (request: Request, context: HandlerContext): never => {
    journal.write(`${context.method.name} began`);
    // What a script answers with need not be a message: what becomes of that is what the tests are about.
    if (request.script?.manner === Manner.SYNCHRONOUS) return playAtOnce(request.script, context) as never;
    return firstOf(playScript(request.script, context, journal)) as never;
  };
  const all = (request: Request, context: HandlerContext): AsyncIterable<never> => {
    journal.write(`${context.method.name} began`);
    if (request.script?.manner === Manner.SYNCHRONOUS) {
      return iterate([playAtOnce(request.script, context) as never]);
    }
    const answers = playScript(request.script, context, journal) as AsyncGenerator<never>;
    if (request.script?.manner !== Manner.BARE_ITERATOR) return answers;
    return { [Symbol.asyncIterator]: () => ({ next: () => answers.next() }) };
  };
  const implementation: ServiceImpl<typeof ScriptService> = {
    playOnce: once,
    readOnce: once,
    playStream: all,
    async playUpload(requests, context) {
      const [first] = await Array.fromAsync(requests);
      return once(first ?? {}, context);
    },
    async *playConversation(requests, context) {
      for await (const request of requests) yield* all(request, context);
    },
  };
  return serviceRoute(ScriptService, implementation);
}

async function firstOf(answers: AsyncGenerator<unknown>): Promise<unknown> {
  for await (const answer of answers) return answer;
  return {};
}

async function* iterate<T>(answers: readonly T[]): AsyncGenerator<T> {
  yield* answers;
}
