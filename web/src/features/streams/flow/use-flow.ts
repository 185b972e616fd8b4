import { ConnectError, createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { use, useEffect, useRef, useState } from "react";
import { appendBounded } from "../../../hooks/append-bounded.ts";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { TabSocketContext } from "../../../transport/tab-socket-context.ts";
import { FlowMeter, type FlowSample } from "./flow-meter.ts";
import { runFlow } from "./run-flow.ts";

/** A stream in both directions whose reader can be slowed down. */
export interface Flow {
  readonly isRunning: boolean;
  /** The latest samples, oldest first. */
  readonly samples: readonly FlowSample[];
  /** Why the call failed, if it did. */
  readonly error: ConnectError | undefined;
  readonly start: () => void;
  readonly stop: () => void;
}

/** How many samples are shown, and how long there is between two, in milliseconds. */
const shown = 120;
const interval = 250;

/** Runs one flow at a time over the WebSocket of the tab. It ends on leaving. `pace`: answers read a second; 0 reads none. */
export function useFlow(pace: number): Flow {
  const environment = use(StreamEnvironmentContext);
  const webSocket = use(TabSocketContext);
  const [isRunning, setIsRunning] = useState(false);
  const [samples, setSamples] = useState<readonly FlowSample[]>([]);
  const [error, setError] = useState<ConnectError>();
  const running = useRef<AbortController>(undefined);
  const currentPace = useRef(pace);
  useEffect(() => {
    currentPace.current = pace;
  }, [pace]);
  useEffect(() => () => running.current?.abort(), []);

  const start = () => {
    running.current?.abort();
    const call = new AbortController();
    running.current = call;
    const { signal } = call;
    const meter = new FlowMeter(environment.now());
    setSamples([]);
    setError(undefined);
    setIsRunning(true);
    const stopSampling = every(interval, environment.schedule, () => {
      const sample = meter.sample(environment.now());
      setSamples((last) => appendBounded(last, [sample], shown));
    });
    signal.addEventListener("abort", stopSampling);
    const client = createClient(CalculatorService, webSocket());
    void runFlow({ client, environment, meter, pace: () => currentPace.current, signal })
      .catch((reason: unknown) => {
        if (!signal.aborted) setError(ConnectError.from(reason));
      })
      .finally(() => {
        stopSampling();
        if (running.current === call) setIsRunning(false);
      });
  };
  return { isRunning, samples, error, start, stop: () => running.current?.abort() };
}

/** Runs again and again, until what it returns is called. */
function every(ms: number, schedule: (ms: number, run: () => void) => () => void, run: () => void): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = schedule(ms, () => {
      run();
      next();
    });
  };
  next();
  return () => cancel();
}
