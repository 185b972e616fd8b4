import type { DescMethod } from "@bufbuild/protobuf";
import { useEffect, useRef } from "react";
import { Panel } from "../../components/panel.tsx";
import { useProtocol } from "../../transport/use-protocol.ts";
import { useCall } from "./call/use-call.ts";
import classes from "./method-view.module.css";
import { RequestPanel } from "./request/request-panel.tsx";
import { useCallForm } from "./request/use-call-form.ts";
import { ResponseView } from "./response/response-view.tsx";
import { streamsRequests } from "./schema/method-kind.ts";
import type { Schema } from "./schema/schema.ts";
import type { SharedCall } from "./share/shared-call.ts";
import { SnippetsPanel } from "./snippets/snippets-panel.tsx";

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
  const form = useCallForm(method, schema.types, begin);
  const call = useCall(method);
  const response = useRef<HTMLDivElement>(null);
  const request = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Who chose a method wants to fill in its form, and not to pass by all the other methods.
    if (choices > 0) request.current?.focus({ preventScroll: true });
  }, [choices]);
  const { phase } = call.log;
  useEffect(() => {
    // Who goes on sending wants to stay where that is done; anyone else wants to see what comes back.
    if (phase === "open" && !streamsRequests(method)) response.current?.scrollIntoView({ block: "nearest" });
  }, [phase, method]);
  return (
    <>
      <div className={classes.call}>
        <RequestPanel method={method} form={form} call={call} formRef={request} />
        <div ref={response} className={classes.response}>
          <Panel title="Response">
            <ResponseView method={method} schema={schema} log={call.log} />
          </Panel>
        </div>
      </div>
      <SnippetsPanel method={method} form={form} log={call.log} types={schema.types} protocol={protocol} />
    </>
  );
}
