import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { FailedCall } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { durationText } from "../../text/amount-text.ts";
import { shortName } from "./find-trouble.ts";
import classes from "./operations.module.css";

/** The latest calls that the server is to blame for, the latest first, each with its trace where it has one. */
export function FailedCalls({ calls }: { readonly calls: readonly FailedCall[] }) {
  if (calls.length === 0) return <p className={classes.note}>None since the server started.</p>;
  return (
    <ol className={classes.failed} aria-label="Latest errors">
      {keyed(calls).map(({ key, call }) => (
        <li key={key}>
          <FailedCallLine call={call} />
        </li>
      ))}
    </ol>
  );
}

/** Calls with a key that stays theirs while later ones come before them; of those that have all in common, the earliest has the first. */
function keyed(calls: readonly FailedCall[]): readonly { readonly key: string; readonly call: FailedCall }[] {
  const seen = new Map<string, number>();
  const earliestFirst = calls.toReversed().map((call) => {
    const { time, method, traceId, requestId } = call;
    const name = [time?.seconds, time?.nanos, method, traceId, requestId].join(" ");
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { key: `${name} ${count}`, call };
  });
  return earliestFirst.reverse();
}

/** The time of a day, and the day where it is not today. */
function momentText(at: Date): string {
  const time = at.toLocaleTimeString("en-GB");
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${time}`;
}

function FailedCallLine({ call }: { readonly call: FailedCall }) {
  const { time, method, protocol, code, isFault, seconds, traceId, requestId } = call;
  const at = time && timestampDate(time);
  return (
    <>
      <time dateTime={at?.toISOString()} className={classes.time}>
        {at && momentText(at)}
      </time>{" "}
      <strong title={method}>{shortName(method)}</strong> {code}
      {isFault ? ", a fault" : ""} over {protocol}, after {durationText(seconds * 1_000)}
      {requestId !== "" && `, request ${requestId}`}
      {traceId !== "" && (
        <span className={classes.trace}>
          {" "}
          trace <code>{traceId}</code> <CopyButton label={`Copy the trace ${traceId}`} text={traceId} />
        </span>
      )}
    </>
  );
}
