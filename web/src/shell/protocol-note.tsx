import { use, useSyncExternalStore } from "react";
import { type DivertedStream, DivertedStreamsContext } from "../transport/diverted-streams.ts";
import { protocols } from "../transport/protocol.ts";
import type { DiversionReason } from "../transport/stream-budget.ts";
import { useProtocol } from "../transport/use-protocol.ts";

/** Says which protocol the page is using, and which streams go over a WebSocket instead, and why. */
export function ProtocolNote() {
  const { protocol } = useProtocol();
  const diverted = use(DivertedStreamsContext);
  const streams = useSyncExternalStore(diverted.subscribe, diverted.current, diverted.current);
  const name = protocols.find((info) => info.protocol === protocol)?.longLabel;
  return (
    <p>
      Every call from this page goes over <strong>{name}</strong>
      <Exception streams={streams} />.
    </p>
  );
}

function Exception({ streams }: { readonly streams: readonly DivertedStream[] }) {
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
