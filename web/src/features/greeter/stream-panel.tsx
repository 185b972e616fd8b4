import { Button, TextInput } from "@mantine/core";
import { IconPlayerPlayFilled, IconPlayerStopFilled } from "@tabler/icons-react";
import type { Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useRef, useState } from "react";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { useWhyNot } from "../../session/why-not.ts";
import type { GreetingForm } from "./greeting-form.ts";
import { IntervalSlider } from "./interval-slider.tsx";
import { currentViolations, isAnswered } from "./refusal.ts";
import classes from "./stream-panel.module.css";
import { StreamProgress } from "./stream-progress.tsx";
import { countLimits, defaultSettings, parseCount } from "./stream-settings.ts";
import { StreamState } from "./stream-state.tsx";
import type { GreetingStream } from "./use-greeting-stream.ts";

/** What the panel shows and tells. */
export interface StreamPanelProps {
  /** Whom to greet; filled in elsewhere. */
  readonly form: GreetingForm;
  readonly stream: GreetingStream;
  /** The languages by tag. */
  readonly languages: ReadonlyMap<string, Language>;
}

/** Starts and stops a stream of greetings, and shows what comes. */
export function StreamPanel({ form, stream, languages }: StreamPanelProps) {
  const [intervalMs, setIntervalMs] = useState(defaultSettings.intervalMs);
  const [countText, setCountText] = useState(String(defaultSettings.count));
  const count = parseCount(countText);
  const whyNot = useWhyNot();
  const countInput = useRef<HTMLInputElement>(null);
  const { state, refusal } = stream;
  const open = state.kind === "open";
  const values = { ...form, interval: intervalMs, count: count ?? 0 };
  const violations = currentViolations(refusal, values);
  const wrongCount = count === undefined ? `must be ${countLimits}` : violations.get("count");
  const start = () => {
    if (count === undefined) countInput.current?.focus();
    else stream.start(form, { intervalMs, count });
  };
  return (
    <Panel title="Stream" aside={<StreamState state={state} />}>
      <p className={classes.whom}>
        <Whom form={form} languages={languages} />
      </p>
      <fieldset className={classes.settings} disabled={open}>
        <legend className={classes.legend}>Settings of the stream</legend>
        <IntervalSlider valueMs={intervalMs} onChange={setIntervalMs} error={violations.get("interval")} />
        <TextInput
          label="Count"
          description="0 is until stopped"
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="numeric"
          autoComplete="off"
          ref={countInput}
          value={countText}
          onChange={(event) => setCountText(event.currentTarget.value)}
          error={wrongCount && `The count ${wrongCount}`}
          disabled={open}
        />
      </fieldset>
      <Button
        {...(open && { variant: "default" })}
        leftSection={open ? <IconPlayerStopFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        onClick={open ? stream.stop : start}
        {...(whyNot !== undefined && { disabled: true, title: whyNot })}
      >
        {open ? "Stop" : "Start"}
      </Button>
      {refusal !== undefined && !isAnswered(refusal, values) && (
        <div className={classes.error}>
          <ErrorNotice error={refusal.error} withoutDetail={violations.has("count") || violations.has("interval")} />
        </div>
      )}
      <StreamProgress stream={stream} languages={languages} announced={intervalMs >= 2_000} />
    </Panel>
  );
}

function Whom({ form, languages }: Pick<StreamPanelProps, "form" | "languages">) {
  if (form.name.trim() === "") return <>Greets the same person again and again. Give a name under Greet first.</>;
  const language = form.language === "" ? undefined : (languages.get(form.language)?.englishName ?? form.language);
  return (
    <>
      Greets <bdi className={classes.name}>{form.name}</bdi> again and again
      {language === undefined ? "" : ` in ${language}`}.
    </>
  );
}
