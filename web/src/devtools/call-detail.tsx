import type { Registry } from "@bufbuild/protobuf";
import { CloseButton } from "@mantine/core";
import type { RecordedCall } from "@triptych/rpc-web";
import { useEffect, useId, useRef, useState } from "react";
import { CopyButton } from "../components/copy-button.tsx";
import { durationText } from "./amount-text.ts";
import classes from "./call-detail.module.css";
import { callKind } from "./call-kind.ts";
import { curlCommand } from "./curl-command.ts";
import { DetailTabs } from "./detail-tabs.tsx";
import { FramesView } from "./frames-view.tsx";
import { HeadersView } from "./headers-view.tsx";
import { OutcomeText } from "./outcome-text.tsx";
import { ProtocolChip } from "./protocol-chip.tsx";
import { useMedia } from "./use-media.ts";
import { useTicker } from "./use-ticker.ts";

/** The call to show in full. */
export interface CallDetailProps {
  readonly call: RecordedCall;
  /** The messages that may be inside an Any or an error. */
  readonly types: Registry;
  /** The clock of the calls. */
  readonly now: () => number;
  readonly onClose: () => void;
}

/** One call in full: how it stands, its headers and its frames. */
export function CallDetail({ call, types, now, onClose }: CallDetailProps) {
  const [tab, setTab] = useState<"frames" | "headers">("frames");
  const section = useRef<HTMLElement>(null);
  const hidesList = useMedia("(max-width: 59.99rem)");
  const panelId = useId();
  const command = curlCommand(call);
  useEffect(() => {
    // The list, and the focus with it, is gone.
    if (hidesList) section.current?.focus();
  }, [hidesList]);
  const method = call.path.split("/")[1] ?? call.path;
  return (
    <section ref={section} tabIndex={-1} className={classes.detail} aria-label={`Call ${method}`}>
      <header className={classes.head}>
        <CloseButton size="sm" className={classes.close} aria-label="Close the call" onClick={onClose} />
        <h3 className={classes.title}>{method}</h3>
        <p className={classes.facts}>
          <ProtocolChip protocol={call.protocol} /> <span>{callKind(call)}</span> <OutcomeText call={call} />{" "}
          <Elapsed call={call} now={now} />
        </p>
        {command !== undefined && (
          <span className={classes.copy}>
            <CopyButton label="Copy as curl" caption="Copy as curl" text={command} />
          </span>
        )}
        {(call.status?.message ?? call.reason ?? "") !== "" && (
          <p className={classes.message}>{call.status?.message ?? call.reason}</p>
        )}
      </header>
      <DetailTabs
        tabs={[
          { id: "frames", label: `Frames (${call.sentFrames + call.receivedFrames})` },
          { id: "headers", label: "Headers" },
        ]}
        chosen={tab}
        panelId={panelId}
        onChoose={setTab}
      />
      <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${tab}`} className={classes.panel}>
        {tab === "frames" ? <FramesView call={call} types={types} /> : <HeadersView call={call} types={types} />}
      </div>
    </section>
  );
}

function Elapsed({ call, now }: Pick<CallDetailProps, "call" | "now">) {
  useTicker(call.state === "open");
  const elapsed = call.endedAfter ?? (call.state === "open" ? now() - call.startedAt : undefined);
  return <span className={classes.elapsed}>{elapsed === undefined ? "" : durationText(elapsed)}</span>;
}
