import { Code } from "@connectrpc/connect";
import { Skeleton } from "@mantine/core";
import type { WatchOperationsResponse } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { LiveStatus } from "../../components/live-status.tsx";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { useSession } from "../../session/session-context.ts";
import { SignInLink } from "../../session/sign-in-link.tsx";
import { whyNotAdmin } from "../../session/why-not.ts";
import { FailedCalls } from "./failed-calls.tsx";
import { Figures } from "./figures.tsx";
import { Findings } from "./findings.tsx";
import { MethodTable } from "./method-table.tsx";
import classes from "./operations.module.css";
import type { OperationsSample } from "./operations-history.ts";
import { OperationsPlots } from "./operations-plots.tsx";
import { RefusalTable } from "./refusal-table.tsx";
import { timeText } from "./time-text.ts";
import { useOperations } from "./use-operations.ts";

/** How the server is, for who may see it; for others, why they may not. */
export function OperationsPage() {
  const session = useSession();
  const whyNot = whyNotAdmin(session);
  if (whyNot === undefined) return <Operations />;
  return (
    <Panel title="Not shown here">
      <p className={classes.note}>{whyNot}: this server shows how it is to admins alone.</p>
      {session.kind === "signed-out" && session.signsIn && <SignInLink>Sign in</SignInLink>}
    </Panel>
  );
}

/** How the server is, live: what stands out, then the calls, their errors, what it carries and what it has refused. */
function Operations() {
  const { state, data, retry } = useOperations();
  const { latest, samples } = data;
  if (state.kind === "failed" && state.error.code === Code.FailedPrecondition) return <NotShown />;
  return (
    <div className={classes.page}>
      <Panel title="What stands out" aside={<LiveStatus state={state} onRetry={retry} />}>
        {state.kind === "failed" && <ErrorNotice error={state.error} onRetry={retry} />}
        {latest === undefined ? <Skeleton height="3rem" /> : <Findings figures={latest} samples={samples} />}
      </Panel>
      {latest !== undefined && <Parts figures={latest} samples={samples} />}
    </div>
  );
}

function NotShown() {
  return (
    <Panel title="Not shown here">
      <p className={classes.note}>
        This server does not show how it is. With <code>SHOW_OPERATIONS=yes</code> it does, as <code>npm run dev</code>{" "}
        has it. Its metrics are at <code>/metrics</code>.
      </p>
    </Panel>
  );
}

interface PartsProps {
  readonly figures: WatchOperationsResponse;
  readonly samples: readonly OperationsSample[];
}

function Parts({ figures, samples }: PartsProps) {
  const { methods, recentSeconds, uptimeSeconds, failedCalls, refusals, process } = figures;
  const recent = `the last ${timeText(recentSeconds)}`;
  return (
    <>
      <Panel title="Calls">
        <p className={classes.note}>
          By method and protocol, those to look at first; the figures are of {recent}. The server has run for{" "}
          {timeText(uptimeSeconds)}.
        </p>
        {process !== undefined && process.processes > 1 && (
          <p className={classes.note}>
            This is process {process.place} of {process.processes}, the one that has answered this page; all figures
            here are its own. <code>/metrics</code> has those of all.
          </p>
        )}
        <MethodTable methods={methods} seconds={recentSeconds} />
      </Panel>
      <Panel title="Latest errors">
        <FailedCalls calls={failedCalls} />
      </Panel>
      <Panel title="Over time">
        <OperationsPlots samples={samples} />
      </Panel>
      <Panel title="What it carries">
        <Figures figures={figures} />
      </Panel>
      <Panel title="What the limits have refused">
        <RefusalTable refusals={refusals} recent={recent} />
      </Panel>
    </>
  );
}
