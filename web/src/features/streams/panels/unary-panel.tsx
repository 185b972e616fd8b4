import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Panel } from "../../../components/panel.tsx";
import { CallStateChip } from "../call/call-state-chip.tsx";
import { CallView } from "../call/call-view.tsx";
import { useStreamCall } from "../call/use-stream-call.ts";
import { quickScale } from "../lanes/lane-scale.ts";
import { useStreamServices } from "../methods/stream-services.ts";
import { type UnaryMethod, unaryMethods } from "../methods/unary-method.ts";
import classes from "./controls.module.css";
import { MethodChoice } from "./method-choice.tsx";

/** A unary call: one message there, one back. */
export function UnaryPanel() {
  const services = useStreamServices();
  const call = useStreamCall();
  const [method, setMethod] = useState<UnaryMethod>(unaryMethods[0]);
  const [values, setValues] = useState(initialValues(method));
  const [isChecked, setIsChecked] = useState(false);
  const problems = method.inputs.map(({ problem }, index) => problem(values[index] ?? ""));

  function choose(chosen: UnaryMethod) {
    call.cancel();
    setMethod(chosen);
    setValues(initialValues(chosen));
    setIsChecked(false);
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (problems.some((problem) => problem !== undefined)) return;
    call.start(async function* (options, report) {
      report.sent(method.say(values));
      report.halfClosed();
      yield await method.call(services, values, options);
    });
  }

  return (
    <Panel title="Unary" aside={<CallStateChip label="Unary state" state={call.timeline.state} />}>
      <MethodChoice methods={unaryMethods} chosen={method} onChoose={choose} />
      <form className={classes.controls} onSubmit={onSubmit} noValidate>
        {method.inputs.map(({ label, inputMode }, index) => (
          <TextInput
            key={label}
            className={classes.field ?? ""}
            label={label}
            inputMode={inputMode}
            value={values[index] ?? ""}
            onChange={(event) => setValues(values.with(index, event.currentTarget.value))}
            error={isChecked && problems[index]}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
          />
        ))}
        <div className={classes.buttons}>
          <Button type="submit">Call</Button>
        </div>
      </form>
      <CallView kind="Unary" call={call} scale={quickScale} />
    </Panel>
  );
}

function initialValues({ inputs }: UnaryMethod): string[] {
  return inputs.map(({ initial }) => initial);
}
