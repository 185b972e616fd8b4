import { Skeleton, Stack } from "@mantine/core";
import { IconMessageCircle } from "@tabler/icons-react";
import {
  GreeterService,
  type Language,
  type WatchGreetingsResponse,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { memo } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { LiveStatus } from "../../components/live-status.tsx";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { useLiveStream } from "../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../transport/use-service-client.ts";
import { GreetingLog } from "./greeting-log.tsx";
import { addToWall, type GreetingWall, unknownWall } from "./greeting-wall.ts";
import { TerminalHint } from "./terminal-hint.tsx";
import classes from "./wall-panel.module.css";

const recent = 50;

/** Every greeting made on this server by anyone, newest first, as it is made. */
export const WallPanel = memo(function WallPanel({ languages }: { readonly languages: ReadonlyMap<string, Language> }) {
  const client = useServiceClient(GreeterService);
  const { state, data, retry } = useLiveStream<WatchGreetingsResponse, GreetingWall>({
    streamKey: "greetings",
    open: (signal, afterSequence, logId) =>
      client.watchGreetings(afterSequence === undefined ? { recent } : { afterSequence, logId }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    logIdOf: ({ update }) => (update.case === "position" ? update.value.logId : undefined),
    initial: unknownWall,
    reduce: addToWall,
  });
  const nothingYet = data.greetings.length === 0;
  const unreachable = state.kind === "reconnecting" || (state.kind === "connecting" && state.failures > 0);
  const loading = nothingYet && !data.blank && !unreachable && (state.kind === "connecting" || state.kind === "live");
  return (
    <Panel title="Live wall" aside={<LiveStatus state={state} onRetry={retry} />}>
      {state.kind === "failed" && <ErrorNotice error={state.error} />}
      <GreetingLog greetings={data.greetings} crowded={data.crowded} languages={languages} />
      {loading && <WallSkeleton />}
      {nothingYet && unreachable && (
        <EmptyState title="Waiting for the server">The wall fills as soon as it answers.</EmptyState>
      )}
      {data.blank && !unreachable && (
        <EmptyState
          title="No greetings yet"
          icon={<IconMessageCircle size={32} stroke={1.5} />}
          action={<TerminalHint />}
        >
          Greet someone here and it appears on every open wall. Or greet from a terminal:
        </EmptyState>
      )}
      {!nothingYet && (
        <details className={classes.hint}>
          <summary>Greet from a terminal</summary>
          <TerminalHint />
        </details>
      )}
    </Panel>
  );
});

function WallSkeleton() {
  return (
    <Stack gap="0.75rem" role="presentation">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <Skeleton key={key} height="3.5rem" />
      ))}
    </Stack>
  );
}
