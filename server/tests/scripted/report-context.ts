import { createContextKey, type HandlerContext } from "@connectrpc/connect";

/** What the interceptors of the tests tell the implementation. */
export const wordKey = createContextKey("no word", { description: "what an interceptor says" });

/** What an implementation sees of its call, by name. Times are rounded, so that the same call gives the same report. */
export function reportContext(context: HandlerContext): { name: string; value: string }[] {
  const facts: Record<string, string> = {
    url: context.url,
    protocol: context.protocolName,
    verb: context.requestMethod,
    service: context.service.typeName,
    method: context.method.name,
    timeout: roundedTimeout(context.timeoutMs()),
    aborted: String(context.signal.aborted),
    word: context.values.get(wordKey),
    responseHeader: JSON.stringify([...context.responseHeader]),
    responseTrailer: JSON.stringify([...context.responseTrailer]),
  };
  const headers = [...context.requestHeader].map(([name, value]) => ({ name: `header ${name}`, value }));
  return [...Object.entries(facts).map(([name, value]) => ({ name, value })), ...headers];
}

/** A second is enough for a call to get from the client to its implementation, on the busiest machine. */
function roundedTimeout(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "none";
  return `${Math.ceil(milliseconds / 1_000)} s`;
}
