import type { Registry } from "@bufbuild/protobuf";
import { Button, CloseButton, Tabs } from "@mantine/core";
import type { RecordedCall } from "@triptych/rpc-web";
import { useState } from "react";
import { CopyButton } from "../components/copy-button.tsx";
import tabs from "../components/tabs.module.css";
import { durationText } from "../text/amount-text.ts";
import classes from "./call-detail.module.css";
import { callKind } from "./call-kind.ts";
import { curlCommand } from "./curl-command.ts";
import { ExplorerButton } from "./explorer-button.tsx";
import { FramesView } from "./frames-view.tsx";
import { HeadersView } from "./headers-view.tsx";
import { OutcomeText } from "./outcome-text.tsx";
import { ProtocolChip } from "./protocol-chip.tsx";
import { TimelineView } from "./timeline/timeline-view.tsx";
import { useFocusWhereAlone } from "./use-focus-where-alone.ts";
import { useTicker } from "./use-ticker.ts";

/** The call to show in full. */
export interface CallDetailProps {
  readonly call: RecordedCall;
  /** The messages that may be inside an Any or an error. */
  readonly types: Registry;
  /** The clock of the calls. */
  readonly now: () => number;
  /** Compares it with another; undefined where there is no other. */
  readonly onCompare: (() => void) | undefined;
  readonly onClose: () => void;
}

/** One call in full: how it stands, its headers and its frames. */
export function CallDetail({ call, types, now, onCompare, onClose }: CallDetailProps) {
  const [tab, setTab] = useState<string | null>("frames");
  const section = useFocusWhereAlone();
  const command = curlCommand(call);
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
        <span className={classes.copy}>
          {command !== undefined && <CopyButton label="Copy as curl" caption="Copy as curl" text={command} />}
          <ExplorerButton call={call} types={types} />
          <Button variant="default" size="compact-sm" disabled={onCompare === undefined} onClick={onCompare}>
            Compare
          </Button>
        </span>
        {(call.status?.message ?? call.reason ?? "") !== "" && (
          <p className={classes.message}>{call.status?.message ?? call.reason}</p>
        )}
      </header>
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.parts ?? ""}>
        <Tabs.List aria-label="Parts of the call" className={tabs.list ?? ""}>
          <Tabs.Tab value="frames" className={tabs.tab ?? ""}>
            Frames ({call.sentFrames + call.receivedFrames})
          </Tabs.Tab>
          <Tabs.Tab value="headers" className={tabs.tab ?? ""}>
            Headers
          </Tabs.Tab>
          <Tabs.Tab value="timeline" className={tabs.tab ?? ""}>
            Timeline
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="frames" className={classes.panel ?? ""}>
          <FramesView call={call} types={types} />
        </Tabs.Panel>
        <Tabs.Panel value="headers" className={classes.panel ?? ""}>
          <HeadersView call={call} types={types} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" className={classes.panel ?? ""}>
          <TimelineView call={call} now={now} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Elapsed({ call, now }: Pick<CallDetailProps, "call" | "now">) {
  useTicker(call.state === "open");
  const elapsed = call.endedAfter ?? (call.state === "open" ? now() - call.startedAt : undefined);
  return <span className={classes.elapsed}>{elapsed === undefined ? "" : durationText(elapsed)}</span>;
}
