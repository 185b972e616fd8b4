import type {
  CodeFigures,
  MethodFigures,
  ProtocolFigures,
} from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { Fragment } from "react";
import { durationText } from "../../text/amount-text.ts";
import { shortName } from "./find-trouble.ts";
import classes from "./operations.module.css";

/** The methods that were called, and of how many seconds their recent figures are. */
export interface MethodTableProps {
  readonly methods: readonly MethodFigures[];
  readonly seconds: number;
}

/** Rate, errors and shares of latency of each method over each protocol. */
export function MethodTable({ methods, seconds }: MethodTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className={classes.scroller} aria-label="Calls by method and protocol" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Protocol</th>
            <th scope="col">Running</th>
            <th scope="col">A second</th>
            <th scope="col">Server errors</th>
            <th scope="col">Client errors</th>
            <th scope="col">50 %</th>
            <th scope="col">95 %</th>
            <th scope="col">99 %</th>
          </tr>
        </thead>
        <tbody>
          {methods.map((method) => (
            <Fragment key={method.method}>
              {method.protocols.length === 0 && <Row method={method} protocol={undefined} seconds={seconds} isFirst />}
              {method.protocols.map((protocol, index) => (
                <Row
                  key={protocol.protocol}
                  method={method}
                  protocol={protocol}
                  seconds={seconds}
                  isFirst={index === 0}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly method: MethodFigures;
  /** Undefined where no call has ended yet. */
  readonly protocol: ProtocolFigures | undefined;
  readonly seconds: number;
  /** Whether it is the first row of its method. */
  readonly isFirst: boolean;
}

function Row({ method, protocol, seconds, isFirst }: RowProps) {
  const codes = protocol?.codes ?? [];
  const troubled = sum(codes.filter(({ isTrouble }) => isTrouble));
  const mistaken = sum(codes.filter(({ isTrouble, code }) => !isTrouble && code !== "ok" && code !== "Canceled"));
  const { count = 0n, p50Seconds = 0, p95Seconds = 0, p99Seconds = 0 } = protocol?.recent ?? {};
  const latency = (share: number) => (count === 0n ? "–" : durationText(share * 1_000));
  return (
    <tr data-trouble={troubled > 0 || undefined}>
      <th scope="row" title={method.method}>
        {shortName(method.method)}
        {method.streams && <span className={classes.kind}> stream</span>}
      </th>
      <td>{protocol?.protocol ?? "–"}</td>
      <td>{isFirst ? method.inFlight.toLocaleString("en") : ""}</td>
      <td>{(Number(count) / Math.max(1, seconds)).toLocaleString("en", { maximumFractionDigits: 2 })}</td>
      <td className={classes.errors}>{troubled.toLocaleString("en")}</td>
      <td>{mistaken.toLocaleString("en")}</td>
      <td>{latency(p50Seconds)}</td>
      <td>{latency(p95Seconds)}</td>
      <td>{latency(p99Seconds)}</td>
    </tr>
  );
}

function sum(codes: readonly CodeFigures[]): number {
  return codes.reduce((total, { recent }) => total + Number(recent), 0);
}
