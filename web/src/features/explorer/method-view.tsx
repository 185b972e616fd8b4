import type { DescMethod } from "@bufbuild/protobuf";
import { type CSSProperties, useEffect, useRef } from "react";
import type { SharedCall } from "../../call-link/shared-call.ts";
import { Panel } from "../../components/panel.tsx";
import { useProtocol } from "../../transport/use-protocol.ts";
import { useCall } from "./call/use-call.ts";
import { useRecordedCall } from "./history/use-recorded-call.ts";
import classes from "./method-view.module.css";
import { Separator } from "./panes/separator.tsx";
import { usePaneSize } from "./panes/use-pane-size.ts";
import { RequestPanel } from "./request/request-panel.tsx";
import { useCallForm } from "./request/use-call-form.ts";
import { ResponseView } from "./response/response-view.tsx";
import { streamsRequests } from "./schema/method-kind.ts";
import type { Schema } from "./schema/schema.ts";
import { nameOfServer, useServer } from "./server/server-context.ts";
import { callOfForm } from "./share/call-of-form.ts";
import { SnippetsPanel } from "./snippets/snippets-panel.tsx";

const requestRange = { min: 25, max: 75, initial: 50 };

/** A method to call, and what its call begins with. */
export interface MethodViewProps {
  readonly method: DescMethod;
  readonly schema: Schema;
  readonly begin: SharedCall | undefined;
  /** How often a method was chosen in the tree: each time the focus goes to the form. */
  readonly choices: number;
}

/** Everything about one method: the call to fill in, what comes of it, and the same call for other programs. */
export function MethodView({ method, schema, begin, choices }: MethodViewProps) {
  const { protocol } = useProtocol();
  const server = useServer();
  const form = useCallForm(method, schema.types, begin);
  const call = useCall(method);
  useRecordedCall(callOfForm(method, form, nameOfServer(server)), call.log);
  const [size, setSize] = usePaneSize("request", requestRange);
  const response = useRef<HTMLDivElement>(null);
  const request = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Who chose a method wants to fill in its form, and not to pass by all the other methods.
    if (choices > 0) request.current?.focus({ preventScroll: true });
  }, [choices]);
  const { phase, received } = call.log;
  const isMade = phase !== "idle";
  const isAnswered = received > 0 || phase === "ended";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked at is where it is when a call is made, and when it is answered.
  useEffect(() => {
    // Who goes on sending wants to stay where that is done; anyone else wants to see what comes back, where it comes below the request.
    if (!isMade || streamsRequests(method) || !isBelow(response.current, request.current)) return;
    response.current?.scrollIntoView({ block: "nearest" });
  }, [isMade, isAnswered, method]);
  return (
    <>
      <div className={classes.call} style={{ "--request": `${size}%` } as CSSProperties}>
        <div className={classes.request}>
          <RequestPanel method={method} form={form} call={call} formRef={request} />
        </div>
        <Separator label="Width of the request" size={size} range={requestRange} onChange={setSize} />
        <div ref={response} className={classes.response}>
          <Panel title="Response">
            <ResponseView method={method} schema={schema} log={call.log} />
          </Panel>
        </div>
      </div>
      <SnippetsPanel
        method={method}
        form={form}
        log={call.log}
        types={schema.types}
        protocol={server.kind === "relayed" ? "grpc" : protocol}
        baseUrl={server.kind === "own" ? window.location.origin : server.baseUrl}
      />
    </>
  );
}

function isBelow(element: HTMLElement | null, other: HTMLElement | null): boolean {
  if (element === null || other === null) return false;
  return element.getBoundingClientRect().top >= other.getBoundingClientRect().bottom;
}
