import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { type Span, TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { use, useEffect, useState } from "react";
import { UnrecordedTransportContext } from "../../transport/unrecorded-transport-context.ts";

/** What is known of the spans of a server: asked for, shown as they are, not shown by that server or to this person, or not to be had for an error. */
export type ServerSpans =
  | { readonly kind: "asking" }
  | { readonly kind: "shown"; readonly spans: readonly Span[]; readonly omitted: number }
  | { readonly kind: "hidden" }
  /** Shown to admins alone, who the person at the page is not. */
  | { readonly kind: "denied" }
  | { readonly kind: "failed"; readonly error: ConnectError; readonly retry: () => void };

/** Follows the spans of a trace until the call is over and so are all of them. */
export function useServerSpans(traceId: string, isCallOver: boolean): ServerSpans {
  const transport = use(UnrecordedTransportContext);
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<ServerSpans>({ kind: "asking" });
  const isOver = isCallOver && state.kind === "shown" && areOver(state.spans);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again.
  useEffect(() => {
    if (isOver) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const show = (next: ServerSpans) => {
      if (!signal.aborted) setState(next);
    };
    watch(createClient(TraceService, transport()), traceId, signal, show).catch((reason: unknown) =>
      show(failure(ConnectError.from(reason), () => setTries((count) => count + 1))),
    );
    return () => leaving.abort();
  }, [traceId, transport, isOver, tries]);
  return state;
}

async function watch(
  client: Pick<ReturnType<typeof createClient<typeof TraceService>>, "watchSpans">,
  traceId: string,
  signal: AbortSignal,
  show: (state: ServerSpans) => void,
): Promise<void> {
  const known = new Map<string, Span>();
  let omitted = 0;
  for await (const message of client.watchSpans({ traceId }, { signal })) {
    for (const span of message.spans) known.set(span.spanId, span);
    omitted += message.omittedSpans;
    show({ kind: "shown", spans: [...known.values()], omitted });
  }
}

function failure(error: ConnectError, retry: () => void): ServerSpans {
  if (error.code === Code.FailedPrecondition) return { kind: "hidden" };
  return error.code === Code.PermissionDenied ? { kind: "denied" } : { kind: "failed", error, retry };
}

function areOver(spans: readonly Span[]): boolean {
  return spans.length > 0 && spans.every(({ endUnixNano }) => endUnixNano !== 0n);
}
