import type { Registry } from "@bufbuild/protobuf";
import type { RecordedCall } from "@triptych/rpc-web";
import { Fragment } from "react";
import { useStickToEnd } from "../hooks/use-stick-to-end.ts";
import { FrameItem } from "./frame-item.tsx";
import classes from "./frames-view.module.css";

/** The call whose frames are shown, and the messages that may be inside an Any. */
export interface FramesViewProps {
  readonly call: RecordedCall;
  readonly types: Registry;
}

/** The frames of a call in both directions, in the order in which they crossed. */
export function FramesView({ call, types }: FramesViewProps) {
  const { frames, method, requestHeaders, responseHeaders, state } = call;
  const scroller = useStickToEnd<HTMLElement>(call.receivedFrames, state === "open");
  const isShort = method?.methodKind === "unary";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section ref={scroller} className={classes.scroller} aria-label="Frames" tabIndex={0}>
      {frames.length === 0 && <p className={classes.nothing}>No frames yet.</p>}
      <ol className={classes.frames}>
        {frames.map((frame, index) => {
          const missing = frame.number - (frames[index - 1]?.number ?? 0) - 1;
          return (
            <Fragment key={frame.number}>
              {missing > 0 && <li className={classes.missing}>{missing.toLocaleString("en")} frames are not kept</li>}
              <FrameItem
                frame={frame}
                method={method}
                requestHeaders={requestHeaders}
                responseHeaders={responseHeaders}
                types={types}
                isOpenAtFirst={isShort}
              />
            </Fragment>
          );
        })}
      </ol>
    </section>
  );
}
