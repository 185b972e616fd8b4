import type { DivertedStream } from "../transport/diverted-streams.ts";
import type { DiversionReason } from "../transport/stream-budget.ts";

/** Names the streams that went over a WebSocket, and says why the first of them did, as the end of a sentence. */
export function DivertedNote({ streams }: { readonly streams: readonly DivertedStream[] }) {
  const [first] = streams;
  if (first === undefined) return null;
  const methods = [...new Set(streams.map(({ method }) => method))];
  return (
    <>
      , except {new Intl.ListFormat("en").format(methods)}: {streams.length === 1 ? "this stream" : "these streams"}{" "}
      went to <strong>one WebSocket</strong>, because {reasons[first.reason]}
    </>
  );
}

const reasons: Readonly<Record<DiversionReason, string>> = {
  "budget-spent":
    "the browser has six HTTP/1.1 connections for all tabs, and streams hold all three that they may have",
  "no-locks":
    "the browser has six HTTP/1.1 connections for all tabs, and does not let the tabs of this address agree on sharing them",
};
