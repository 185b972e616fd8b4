import { useEffect, useRef, useState } from "react";
import { OtherProtocolNotice } from "../../../components/other-protocol-notice.tsx";
import { Panel } from "../../../components/panel.tsx";
import { createSendQueue, type SendQueue } from "../../../hooks/send-queue.ts";
import { protocols } from "../../../transport/protocol.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { CallStateChip } from "../call/call-state-chip.tsx";
import { isRunning } from "../call/call-timeline.ts";
import { CallView } from "../call/call-view.tsx";
import { type StreamCall, useStreamCall } from "../call/use-stream-call.ts";
import { slowScale } from "../lanes/lane-scale.ts";
import type { SendingMethod } from "../methods/sending-method.ts";
import { useStreamServices } from "../methods/stream-services.ts";
import { MethodChoice } from "./method-choice.tsx";
import { SendingControls } from "./sending-controls.tsx";

/** Which kind of call it is, and the methods of that kind. */
export interface SendingPanelProps {
  /** The kind of call, the title of the panel. */
  readonly kind: string;
  readonly methods: readonly [SendingMethod, ...SendingMethod[]];
}

/** A call into which a person sends one message after another, under a protocol that can carry it. */
export function SendingPanel({ kind, methods }: SendingPanelProps) {
  const { protocol, setProtocol } = useProtocol();
  const info = protocols.find((candidate) => candidate.protocol === protocol);
  const canSend = info?.streamsRequests ?? false;
  const call = useStreamCall();
  const [method, setMethod] = useState(methods[0]);
  const { send, halfClose } = useSending(call, method);
  const input = useRef<HTMLInputElement>(null);
  const hasSwitched = useRef(false);

  useEffect(() => {
    // Who pressed the button that is gone now wants to send.
    if (canSend && hasSwitched.current) input.current?.focus();
    hasSwitched.current = false;
  }, [canSend]);

  function choose(chosen: SendingMethod) {
    call.cancel();
    setMethod(chosen);
  }

  return (
    <Panel title={kind} aside={<CallStateChip label={`${kind} state`} state={call.timeline.state} />}>
      <MethodChoice methods={methods} chosen={method} onChoose={choose} />
      {canSend ? (
        <SendingControls
          key={method.name}
          method={method}
          inputRef={input}
          state={call.timeline.state}
          onSend={send}
          onHalfClose={halfClose}
          onCancel={call.cancel}
        />
      ) : (
        <OtherProtocolNotice
          protocol={info?.label ?? protocol}
          onSwitch={() => {
            hasSwitched.current = true;
            setProtocol("websocket");
          }}
        />
      )}
      <CallView kind={kind} call={call} scale={slowScale} />
    </Panel>
  );
}

/** Sends into the call that is open, or into one that is opened for it. */
function useSending({ timeline, start }: StreamCall, method: SendingMethod) {
  const services = useStreamServices();
  const queue = useRef<SendQueue<string>>(undefined);
  return {
    send(text: string) {
      if (!isRunning(timeline.state) || queue.current === undefined) {
        const opened = createSendQueue<string>();
        queue.current = opened;
        start((options, report) => {
          async function* inputs() {
            for await (const input of opened) {
              report.sent(input);
              yield input;
            }
            report.halfClosed();
          }
          return method.call(services, inputs(), options);
        });
      }
      queue.current.push(text);
    },
    halfClose: () => queue.current?.close(),
  };
}
