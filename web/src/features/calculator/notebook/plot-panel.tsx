import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Button, TextInput } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { IconPlayerPlayFilled, IconPlayerStopFilled } from "@tabler/icons-react";
import { CalculatorService, type PlotResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { type FormEvent, useState } from "react";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { fieldViolations } from "../../../errors/field-violations.ts";
import { useCollectedStream } from "../../../hooks/use-collected-stream.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { readDescription } from "../expression-problem.ts";
import type { PlotSettings } from "./notebook.ts";
import classes from "./plot-panel.module.css";
import { PlotView } from "./plot-view.tsx";

/** What to plot. */
export interface PlotPanelProps {
  /** The lines whose names the expression may use. */
  readonly lines: readonly string[];
  /** What is plotted where no expression is written. */
  readonly suggestion: string;
  readonly settings: PlotSettings;
  readonly onChange: (settings: PlotSettings) => void;
}

/** What was asked for. */
interface Asked extends PlotSettings {
  readonly points: number;
}

const points = 200;
/** As many digits as a double holds, and so as a drawing can use. */
const digits = 17;
/** How long the server waits before each point, in milliseconds, so that one sees them come. */
const intervalMs = 8;

/** Plots a function of the notebook: the points come one by one, as messages of one call. */
export function PlotPanel({ lines, suggestion, settings, onChange }: PlotPanelProps) {
  const client = useServiceClient(CalculatorService);
  const calm = useReducedMotion();
  const stream = useCollectedStream<PlotResponse>(points);
  const [asked, setAsked] = useState<Asked>();
  const { state } = stream;
  const error = state.kind === "failed" ? state.error : undefined;
  const violations = fieldViolations(error);
  const isOpen = state.kind === "open";

  const start = () => {
    const expression = settings.expression.trim() === "" ? suggestion : settings.expression;
    const request = { ...settings, expression, points };
    setAsked(request);
    const interval = durationFromMs(calm ? 0 : intervalMs);
    stream.start((signal) => client.plot({ ...request, lines: [...lines], digits, interval }, { signal }));
  };
  // One button for both: another in its place would take the click that stops for one that starts.
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isOpen) stream.stop();
    else start();
  };
  const field = (name: keyof PlotSettings, label: string, placeholder?: string) => {
    const violation = violations.get(name);
    return (
      <TextInput
        label={label}
        value={settings[name]}
        {...(placeholder !== undefined && { placeholder })}
        onChange={(event) => onChange({ ...settings, [name]: event.currentTarget.value })}
        error={violation === undefined ? undefined : sentence(violation, name)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className={name === "expression" ? classes.expression : classes.end}
      />
    );
  };
  return (
    <Panel title="Plot" aside={<PlotStatus kind={state.kind} total={stream.total} />}>
      <form onSubmit={submit} noValidate className={classes.form}>
        {field("expression", "Expression of x", suggestion)}
        {field("from", "From x")}
        {field("to", "To x")}
        <Button
          type="submit"
          {...(isOpen && { variant: "default" })}
          leftSection={
            isOpen ? <IconPlayerStopFilled aria-hidden size={16} /> : <IconPlayerPlayFilled aria-hidden size={16} />
          }
        >
          {isOpen ? "Stop" : "Plot"}
        </Button>
      </form>
      {error !== undefined && violations.size === 0 && <ErrorNotice error={error} onRetry={start} />}
      {asked === undefined || (stream.total === 0 && error !== undefined) ? (
        <p className={classes.empty}>
          Press Plot, and the server sends {points} points of <code>{suggestion}</code>, one message each.
        </p>
      ) : (
        <PlotView expression={asked.expression} responses={stream.items} total={points} isOpen={isOpen} />
      )}
    </Panel>
  );
}

function sentence(violation: string, name: keyof PlotSettings): string {
  if (violation === "must be more than from") return "This must be more than where the plot starts.";
  const { sentence: said } = readDescription(violation);
  return name === "expression" ? said : said.replace(/^The expression /u, "This ");
}

const words = { idle: "", open: "drawing…", done: "done", cancelled: "stopped", failed: "failed" } as const;

function PlotStatus({ kind, total }: { readonly kind: keyof typeof words; readonly total: number }) {
  return (
    <span className={classes.status}>
      <span role="status" aria-label="Plot status">
        {words[kind]}
      </span>
      {total > 0 && <span className={classes.count}>{total === 1 ? "1 point" : `${total} points`}</span>}
    </span>
  );
}
