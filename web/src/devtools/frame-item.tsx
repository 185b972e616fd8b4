import type { Registry } from "@bufbuild/protobuf";
import type { RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { memo, useState } from "react";
import { bytesText, durationText } from "../text/amount-text.ts";
import { DecodedText } from "./decoded-text.tsx";
import { flagText, frameLabel } from "./frame-label.ts";
import classes from "./frames-view.module.css";
import { hexDump } from "./hex-dump.ts";
import { useDecoded } from "./use-decoded.ts";

/** A frame and what is needed to read it. */
export interface FrameItemProps extends Pick<RecordedCall, "method" | "requestHeaders" | "responseHeaders"> {
  readonly frame: RecordedFrame;
  readonly types: Registry;
  readonly isOpenAtFirst: boolean;
}

/** Longer payloads are not read before a person opens them. */
const previewBytes = 4_096;
const previewLength = 240;

/** A frame: in one line its direction, time, flag, length and the beginning of what it says; below, all of it. */
export const FrameItem = memo(function FrameItem(props: FrameItemProps) {
  const { frame, types, isOpenAtFirst } = props;
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const decoded = useDecoded(frame, props, types, isOpen || frame.length <= previewBytes);
  const preview = decoded === undefined || decoded.kind === "unreadable" ? "" : decoded.text.replace(/\s*\n\s*/g, " ");
  const isSent = frame.direction === "sent";
  return (
    <li data-direction={frame.direction}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.summary}>
          <span className={classes.arrow} aria-hidden="true">
            {isSent ? "↑" : "↓"}
          </span>
          <span className={classes.words}>{isSent ? "sent" : "received"} </span>
          <span className={classes.time}>+{durationText(frame.at)}</span>{" "}
          <span className={classes.meaning}>
            <code>{flagText(frame.flag)}</code> {frameLabel(frame)}
          </span>{" "}
          <span className={classes.length} title={`${frame.length} bytes`}>
            {bytesText(frame.length)}
          </span>{" "}
          <span className={classes.preview}>{isOpen ? "" : preview.slice(0, previewLength)}</span>
        </summary>
        {isOpen && <FrameContent frame={frame} decoded={decoded} />}
      </details>
    </li>
  );
});

function FrameContent({ frame, decoded }: { frame: RecordedFrame; decoded: ReturnType<typeof useDecoded> }) {
  return (
    <div className={classes.content}>
      <DecodedText decoded={decoded} />
      {frame.payload.length > 0 && (
        <details className={classes.hex}>
          <summary>Hex</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
          <pre tabIndex={0}>{hexDump(frame.payload)}</pre>
        </details>
      )}
    </div>
  );
}
