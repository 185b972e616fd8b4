import { Button, NativeSelect } from "@mantine/core";
import { use, useEffect, useRef, useState } from "react";
import { LinePlot } from "../../../components/line-plot/line-plot.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { createTransport } from "../../../transport/create-transport.ts";
import { type Protocol, parseProtocol, protocols } from "../../../transport/protocol.ts";
import classes from "./comparison-panel.module.css";
import { type Arrivals, streamLength, timeStream } from "./time-stream.ts";

interface Timed {
  readonly protocol: Protocol;
  readonly arrivals: Arrivals;
}

const hues = ["vermilion", "lapis"] as const;
/** What may be chosen beside another one: a protocol is not compared with itself. */
const optionsBeside = (other: Protocol) =>
  protocols.map(({ protocol, longLabel }) => ({ value: protocol, label: longLabel, disabled: protocol === other }));
const nameOf = (protocol: Protocol) => protocols.find((known) => known.protocol === protocol)?.longLabel ?? protocol;

/** The same stream over two protocols, one after the other, and when its messages came. */
export function ComparisonPanel() {
  const { now } = use(StreamEnvironmentContext);
  const [chosen, setChosen] = useState<readonly [Protocol, Protocol]>(["grpc-web", "websocket"]);
  const [timed, setTimed] = useState<readonly Timed[]>([]);
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const compare = async () => {
    const call = new AbortController();
    running.current = call;
    setIsRunning(true);
    setError(undefined);
    setTimed([]);
    try {
      // One after the other: none takes the other's time.
      for (const protocol of chosen) {
        const transport = createTransport({ protocol, baseUrl: window.location.origin });
        const arrivals = await timeStream(transport, now, call.signal);
        setTimed((last) => [...last, { protocol, arrivals }]);
      }
    } catch (reason) {
      if (!call.signal.aborted) setError(reason);
    }
    setIsRunning(false);
  };
  const select = (label: string, index: 0 | 1) => (
    <NativeSelect
      label={label}
      data={optionsBeside(chosen[1 - index] ?? chosen[0])}
      value={chosen[index]}
      onChange={(event) => {
        const protocol = parseProtocol(event.currentTarget.value);
        setChosen(index === 0 ? [protocol, chosen[1]] : [chosen[0], protocol]);
      }}
    />
  );
  const longest = Math.max(1, ...timed.map(({ arrivals }) => arrivals.at(-1) ?? 0));
  return (
    <Panel
      title="One stream, two protocols"
      aside={
        <span role="status" aria-label="Comparison state">
          {isRunning ? "running…" : timed.length > 0 ? "done" : "idle"}
        </span>
      }
    >
      <p className={classes.lede}>
        {streamLength.toLocaleString("en")} messages of Plot, as fast as they come, first over the one protocol and then
        over the other.
      </p>
      <div className={classes.controls}>
        {select("First", 0)}
        {select("Second", 1)}
        <Button loading={isRunning} onClick={() => void compare()}>
          Compare
        </Button>
      </div>
      {error !== undefined && <ErrorNotice error={error} onRetry={() => void compare()} />}
      <ul aria-label="Compared" className={classes.results}>
        {timed.map(({ protocol, arrivals }) => (
          <li key={protocol}>
            <strong>{nameOf(protocol)}</strong>: first message after {ms(arrivals[0])}, all{" "}
            {arrivals.length.toLocaleString("en")} after {ms(arrivals.at(-1))}
          </li>
        ))}
      </ul>
      {timed.length > 0 && (
        <LinePlot
          label="Messages that had come, over milliseconds"
          series={timed.map(({ protocol, arrivals }, index) => ({
            label: nameOf(protocol),
            hue: hues[index % hues.length] ?? "lapis",
            points: arrivals.map((x, came) => ({ x, y: came + 1 })),
          }))}
          xRange={[0, longest]}
          yRange={[0, streamLength]}
          xText={(value) => `${value.toLocaleString("en")} ms`}
        />
      )}
    </Panel>
  );
}

function ms(value: number | undefined): string {
  return `${(value ?? 0).toFixed(1)} ms`;
}
