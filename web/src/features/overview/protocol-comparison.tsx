import { Button } from "@mantine/core";
import type { RecordedCall } from "@triptych/rpc-web";
import { useState } from "react";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { type Protocol, protocols } from "../../transport/protocol.ts";
import { createMeasurement, type MeasureCall, measuredExpression } from "./measure-call.ts";
import { MeasuredCall } from "./measured-call.tsx";
import { nativeCall } from "./native-call.ts";
import classes from "./protocol-comparison.module.css";

type Measured = ReadonlyMap<Protocol, RecordedCall>;

/** One call in each protocol of the page, side by side: what crossed, and how long it took. Measured here and now, on demand. */
export function ProtocolComparison() {
  const [measurements] = useState(() => new Map<Protocol, MeasureCall>());
  const [measured, setMeasured] = useState<Measured>(new Map());
  const [isMeasuring, setIsMeasuring] = useState(false);
  const [error, setError] = useState<unknown>();

  const measure = async () => {
    setIsMeasuring(true);
    setError(undefined);
    try {
      // One after the other: none takes the other's time.
      for (const { protocol } of protocols) {
        const measurement = measurements.get(protocol) ?? createMeasurement(protocol);
        measurements.set(protocol, measurement);
        const call = await measurement();
        setMeasured((last) => new Map(last).set(protocol, call));
      }
    } catch (reason) {
      setError(reason);
    } finally {
      setIsMeasuring(false);
    }
  };
  const web = measured.get("grpc-web");
  return (
    <Panel title="One call, byte by byte" hue="ochre">
      <p className={classes.lede}>
        <code>Evaluate {`{"expression": "${measuredExpression}"}`}</code>, called from this page in each protocol that a
        page can speak. Native gRPC it cannot: that has the bytes of gRPC-Web but for the last frame, which comes as
        trailers of HTTP/2, and no browser shows these to a page.
      </p>
      <Button loading={isMeasuring} onClick={() => void measure()}>
        {measured.size === 0 ? "Measure" : "Measure again"}
      </Button>
      <span role="status" className={classes.status}>
        {isMeasuring ? "Measuring…" : measured.size > 0 && error === undefined ? "Measured just now." : ""}
      </span>
      {error !== undefined && <ErrorNotice error={error} onRetry={() => void measure()} />}
      <ul className={classes.calls}>
        <li className={classes.call}>
          <MeasuredCall title="gRPC" call={web && nativeCall(web)} withoutTime="not from a page" />
        </li>
        {protocols.map(({ protocol, label }) => (
          <li key={protocol} className={classes.call}>
            <MeasuredCall title={label} call={measured.get(protocol)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
