import type { Purpose, RunningServer, ServerSpec } from "./servers/server-spec.ts";
import { startServer } from "./servers/start-server.ts";

/** How a run measures. */
export interface HarnessSettings extends Purpose {
  /** Loads by the generators of this project, also where h2load and wrk are installed. */
  readonly ownLoads: boolean;
  /** Flags for the Node of servers that are Triptych's own. */
  readonly nodeFlags: readonly string[];
}

/** Where the subjects of one row work: keeps their servers, and stops what is left when it is disposed of. */
export interface Harness extends AsyncDisposable {
  readonly settings: HarnessSettings;
  /** The running server of a spec; started when it is first asked for. */
  server(spec: ServerSpec): Promise<RunningServer>;
  /** Starts a server that only the caller uses. */
  freshServer(spec: ServerSpec): Promise<RunningServer>;
  /** Runs something when the harness is disposed of, before the servers stop. */
  defer(end: () => Promise<void> | void): void;
}

/** Creates an empty harness. */
export function createHarness(settings: HarnessSettings): Harness {
  const stack = new AsyncDisposableStack();
  const shared = new Map<ServerSpec, Promise<RunningServer>>();

  async function freshServer(spec: ServerSpec): Promise<RunningServer> {
    const server = await startServer(spec, settings, spec.ours ? settings.nodeFlags : []);
    stack.defer(() => server.stop());
    return server;
  }

  return {
    settings,
    freshServer,
    server(spec) {
      const known = shared.get(spec);
      if (known !== undefined) return known;
      const started = freshServer(spec);
      shared.set(spec, started);
      return started;
    },
    defer: (end) => stack.defer(end),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
