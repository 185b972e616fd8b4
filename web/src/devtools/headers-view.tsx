import type { Registry } from "@bufbuild/protobuf";
import { decodeDetail, type HeaderEntry, type RecordedCall } from "@triptych/rpc-web";
import { useId } from "react";
import { durationText } from "../text/amount-text.ts";
import { DecodedText } from "./decoded-text.tsx";
import classes from "./headers-view.module.css";

/** The call whose headers are shown, and the messages that may be inside an error. */
export interface HeadersViewProps {
  readonly call: RecordedCall;
  readonly types: Registry;
}

/** Where a call went and when, and its headers, trailers and the details of its error. */
export function HeadersView({ call, types }: HeadersViewProps) {
  const details = call.status?.details ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className={classes.scroller} aria-label="Headers" tabIndex={0}>
      <HeaderGroup title="Call" headers={general(call)} />
      {details.length > 0 && (
        <section className={classes.group} aria-label="Error details">
          <h4 className={classes.title}>Error details</h4>
          {details.map((detail, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the details of an error never change.
            <div key={index} className={classes.detail}>
              <p className={classes.type}>{detail.type}</p>
              <DecodedText decoded={decodeDetail(detail, types)} />
            </div>
          ))}
        </section>
      )}
      <HeaderGroup title="Request headers" headers={call.requestHeaders} />
      <HeaderGroup title="Response headers" headers={call.responseHeaders} />
      <HeaderGroup title="Trailers" headers={call.trailers} />
    </section>
  );
}

function HeaderGroup({ title, headers }: { readonly title: string; readonly headers: readonly HeaderEntry[] }) {
  const titleId = useId();
  return (
    <section className={classes.group} aria-labelledby={titleId}>
      <h4 id={titleId} className={classes.title}>
        {title}
      </h4>
      {headers.length === 0 ? (
        <p className={classes.none}>None.</p>
      ) : (
        <dl className={classes.headers}>
          {headers.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand there twice, and the order never changes.
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function general(call: RecordedCall): readonly HeaderEntry[] {
  const { httpMethod, url, httpStatus, startedAt, respondedAfter, endedAfter } = call;
  return [
    ["request", `${httpMethod} ${url}`],
    ["began", new Date(startedAt).toISOString()],
    ...(httpStatus === undefined ? [] : [["http status", String(httpStatus)] as const]),
    ...(respondedAfter === undefined ? [] : [["response headers", `+${durationText(respondedAfter)}`] as const]),
    ...(endedAfter === undefined ? [] : [["end", `+${durationText(endedAfter)}`] as const]),
  ];
}
