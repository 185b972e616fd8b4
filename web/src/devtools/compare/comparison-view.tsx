import type { Registry } from "@bufbuild/protobuf";
import { CloseButton } from "@mantine/core";
import type { RecordedCall } from "@triptych/rpc-web";
import { useFocusWhereAlone } from "../use-focus-where-alone.ts";
import { ComparedMessages } from "./compared-messages.tsx";
import { comparedFacts, comparedHeaders } from "./compared-rows.ts";
import { ComparedTable } from "./compared-table.tsx";
import classes from "./comparison-view.module.css";
import { useMessages } from "./use-messages.ts";

/** The calls to compare. */
export interface ComparisonViewProps {
  readonly first: RecordedCall;
  readonly second: RecordedCall;
  /** The messages that may be inside an Any. */
  readonly types: Registry;
  readonly onClose: () => void;
}

/** Two calls side by side: how they went, their headers and their messages, with what differs marked. */
export function ComparisonView({ first, second, types, onClose }: ComparisonViewProps) {
  const [ofFirst, ofSecond] = [useMessages(first, types), useMessages(second, types)];
  const section = useFocusWhereAlone();
  return (
    <section ref={section} tabIndex={-1} className={classes.comparison} aria-label="Comparison">
      <header className={classes.head}>
        <h3 className={classes.names}>
          {methodOf(first)} <span className={classes.and}>and</span> {methodOf(second)}
        </h3>
        <CloseButton size="sm" aria-label="Close the comparison" onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className={classes.scroller} aria-label="What they have" tabIndex={0}>
        <ComparedTable title="Call" rows={comparedFacts(first, second)} />
        <ComparedTable title="Request headers" rows={comparedHeaders(first.requestHeaders, second.requestHeaders)} />
        <ComparedMessages title="Messages sent" first={ofFirst.sent} second={ofSecond.sent} />
        <ComparedTable title="Response headers" rows={comparedHeaders(first.responseHeaders, second.responseHeaders)} />
        <ComparedMessages title="Messages received" first={ofFirst.received} second={ofSecond.received} />
        <ComparedTable title="Trailers" rows={comparedHeaders(first.trailers, second.trailers)} />
      </section>
    </section>
  );
}

function methodOf({ path }: RecordedCall): string {
  return path.split("/").at(-1) ?? path;
}
