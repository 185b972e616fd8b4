import type { DescMethod } from "@bufbuild/protobuf";
import { TextInput } from "@mantine/core";
import type { FormEvent, KeyboardEvent, RefObject } from "react";
import { OtherProtocolNotice } from "../../../components/other-protocol-notice.tsx";
import { Panel } from "../../../components/panel.tsx";
import { useSession } from "../../../session/session-context.ts";
import { protocols } from "../../../transport/protocol.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { CallButtons } from "../call/call-buttons.tsx";
import type { CallControl } from "../call/use-call.ts";
import { streamsRequests } from "../schema/method-kind.ts";
import { nameOfServer, useServer, useStreamsRequests } from "../server/server-context.ts";
import { callOfForm } from "../share/call-of-form.ts";
import { CopyLink } from "../share/copy-link.tsx";
import { MetadataEditor } from "./metadata-editor.tsx";
import { MethodSummary } from "./method-summary.tsx";
import { RequestEditor } from "./request-editor.tsx";
import classes from "./request-panel.module.css";
import type { CallForm } from "./use-call-form.ts";
import { useSending } from "./use-sending.ts";
import { whyNotCall } from "./why-not-call.ts";

/** The call to fill in and make. */
export interface RequestPanelProps {
  readonly method: DescMethod;
  readonly form: CallForm;
  readonly call: CallControl;
  /** The form, to give the focus to. */
  readonly formRef: RefObject<HTMLFormElement | null>;
}

/** What is sent: the message, the metadata, the deadline, and the buttons that send it. */
export function RequestPanel({ method, form, call, formRef: element }: RequestPanelProps) {
  const { protocol, setProtocol } = useProtocol();
  const info = protocols.find((one) => one.protocol === protocol);
  const server = useServer();
  const canStream = useStreamsRequests();
  const { request } = form;
  const whyNot = whyNotCall(useSession(), { method, isOwnServer: server.kind === "own", metadata: form.sent });
  const { isChecked, check, problems, problem, send, open } = useSending(method, form, call, element);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    // What is open goes on; and a form can be submitted without its button.
    if (whyNot === undefined || call.log.phase === "open") send();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    element.current?.requestSubmit();
  }

  return (
    <Panel title={method.name} aside={<CopyLink call={callOfForm(method, form, nameOfServer(server))} />}>
      <MethodSummary method={method} />
      <form
        ref={element}
        noValidate
        tabIndex={-1}
        aria-label="Request"
        className={classes.form}
        onSubmit={onSubmit}
        onKeyDown={onKeyDown}
      >
        <RequestEditor method={method} request={request} problems={problems} problem={problem} onStay={check} />
        <MetadataEditor
          rows={form.rows}
          problems={isChecked ? form.metadataProblems : new Map()}
          onChange={form.setRows}
        />
        <TextInput
          label="Deadline"
          placeholder="none, or such as 500ms, 5s, 2m"
          value={form.deadline}
          error={"problem" in form.readDeadline ? form.readDeadline.problem : undefined}
          autoComplete="off"
          className={classes.deadline ?? ""}
          onChange={(event) => form.setDeadline(event.currentTarget.value)}
        />
        {canStream || !streamsRequests(method) ? (
          <CallButtons
            method={method}
            log={call.log}
            whyNot={whyNot}
            onOpen={open}
            onHalfClose={call.halfClose}
            onCancel={call.cancel}
          />
        ) : (
          <OtherProtocolNotice protocol={info?.label ?? protocol} onSwitch={() => setProtocol("websocket")}>
            {server.kind === "direct" &&
              " Servers of Triptych take that; any other one is called with all kinds of streams by grpc://, through the relay."}
          </OtherProtocolNotice>
        )}
      </form>
    </Panel>
  );
}
