import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Panel } from "../../../components/panel.tsx";
import { CallStateChip } from "../call/call-state-chip.tsx";
import { isRunning } from "../call/call-timeline.ts";
import { CallView } from "../call/call-view.tsx";
import { useStreamCall } from "../call/use-stream-call.ts";
import { slowScale } from "../lanes/lane-scale.ts";
import { nameProblem } from "../methods/read-input.ts";
import { useStreamServices } from "../methods/stream-services.ts";
import classes from "./controls.module.css";
import { MethodChoice } from "./method-choice.tsx";

const method = {
  name: "StreamGreetings",
  summary: "Send one name, and greetings keep coming until you stop them.",
};

const intervals = [
  { label: "every 100 ms", value: "100" },
  { label: "every 300 ms", value: "300" },
  { label: "every second", value: "1000" },
  { label: "every 3 seconds", value: "3000" },
];

/** A server-streaming call: one message there, any number back. */
export function ServerStreamingPanel() {
  const { greeter } = useStreamServices();
  const call = useStreamCall();
  const [name, setName] = useState("Ada");
  const [interval, setInterval] = useState("1000");
  const [isChecked, setIsChecked] = useState(false);
  const problem = nameProblem(name);
  const isOpen = isRunning(call.timeline.state);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (problem !== undefined) return;
    call.start(async function* (options, report) {
      report.sent(name);
      report.halfClosed();
      const ms = Number(interval);
      const request = { name, interval: { seconds: BigInt(Math.floor(ms / 1_000)), nanos: (ms % 1_000) * 1_000_000 } };
      for await (const { message } of greeter.streamGreetings(request, options)) yield message;
    });
  }

  return (
    <Panel
      title="Server streaming"
      aside={<CallStateChip label="Server streaming state" state={call.timeline.state} />}
    >
      <MethodChoice methods={[method]} chosen={method} onChoose={() => undefined} />
      <form className={classes.controls} onSubmit={onSubmit} noValidate>
        <TextInput
          className={classes.field ?? ""}
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isChecked && problem}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
        />
        <NativeSelect
          className={classes.field ?? ""}
          label="Beat"
          data={intervals}
          value={interval}
          onChange={(event) => setInterval(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit">{isOpen ? "Start over" : "Start"}</Button>
          <Button variant="default" disabled={!isOpen} onClick={call.cancel}>
            Stop
          </Button>
        </div>
      </form>
      <CallView kind="Server streaming" call={call} scale={slowScale} />
    </Panel>
  );
}
