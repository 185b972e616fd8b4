import { Button, TextInput } from "@mantine/core";
import { IconPlayerPlayFilled, IconPlayerStopFilled } from "@tabler/icons-react";
import type { Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useState } from "react";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import type { GreetingForm } from "./greeting-form.ts";
import { IntervalSlider } from "./interval-slider.tsx";
import { currentViolations, isAnswered } from "./refusal.ts";
import classes from "./stream-panel.module.css";
import { StreamProgress } from "./stream-progress.tsx";
import { defaultSettings, parseCount } from "./stream-settings.ts";
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
  const [settings, setSettings] = useState(defaultSettings);
  const { state, refusal } = stream;
  const open = state.kind === "open";
  const values = { ...form, interval: settings.intervalMs, count: settings.count ?? 0 };
  const violations = currentViolations(refusal, values);
  const wrongCount = violations.get("count");
  return (
    <Panel title="Stream" aside={<StreamState state={state} />}>
      <p className={classes.whom}>
        <Whom form={form} languages={languages} />
      </p>
      <fieldset className={classes.settings} disabled={open}>
        <legend className={classes.legend}>Settings of the stream</legend>
        <IntervalSlider
          valueMs={settings.intervalMs}
          onChange={(intervalMs) => setSettings({ ...settings, intervalMs })}
          error={violations.get("interval")}
        />
        <TextInput
          label="Count"
          description="0 is until stopped"
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="numeric"
          autoComplete="off"
          value={settings.count === undefined ? "" : String(settings.count)}
          onChange={(event) => setSettings({ ...settings, count: parseCount(event.currentTarget.value) })}
          error={wrongCount && `The count ${wrongCount}`}
          disabled={open}
        />
      </fieldset>
      <Button
        {...(open && { variant: "default" })}
        leftSection={open ? <IconPlayerStopFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        onClick={() => (open ? stream.stop() : stream.start(form, settings))}
      >
        {open ? "Stop" : "Start"}
      </Button>
      {refusal !== undefined && !isAnswered(refusal, values) && (
        <div className={classes.error}>
          <ErrorNotice error={refusal.error} withoutDetail={violations.has("count") || violations.has("interval")} />
        </div>
      )}
      <StreamProgress stream={stream} languages={languages} announced={settings.intervalMs >= 2_000} />
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
