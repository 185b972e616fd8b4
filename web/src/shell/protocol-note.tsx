import { Suspense, use, useSyncExternalStore } from "react";
import { lazyPart } from "../components/lazy-part.ts";
import { DivertedStreamsContext } from "../transport/diverted-streams.ts";
import { protocols } from "../transport/protocol.ts";
import { useProtocol } from "../transport/use-protocol.ts";

/** What is so whether the note has come or not. */
const EXCEPTION = ", except some streams, which go over one WebSocket";

// Most browsers divert nothing.
const DivertedNote = lazyPart(
  async () => (await import("./diverted-note.tsx")).DivertedNote,
  () => EXCEPTION,
);

/** Says which protocol the page is using, and which streams go over a WebSocket instead, and why. */
export function ProtocolNote() {
  const { protocol } = useProtocol();
  const diverted = use(DivertedStreamsContext);
  const streams = useSyncExternalStore(diverted.subscribe, diverted.current, diverted.current);
  const name = protocols.find((info) => info.protocol === protocol)?.longLabel;
  return (
    <p>
      Every call from this page goes over <strong>{name}</strong>
      {streams.length > 0 && (
        <Suspense fallback={EXCEPTION}>
          <DivertedNote streams={streams} />
        </Suspense>
      )}
      .
    </p>
  );
}
