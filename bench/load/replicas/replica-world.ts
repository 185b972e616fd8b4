import { type CuttingProxy, openCuttingProxy } from "@triptych/testkit/postgres/cutting-proxy.ts";
import type { PostgresServer } from "@triptych/testkit/postgres/postgres-server.ts";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { openPostgres, replicaOn } from "../../servers/app-on-postgres.ts";
import type { RunningServer, ServerSpec } from "../../servers/server-spec.ts";
import { startServer } from "../../servers/start-server.ts";

/** Replicas over one Postgres, and what is between them. */
export interface ReplicaWorld extends AsyncDisposable {
  readonly postgres: PostgresServer;
  /** Between all replicas and Postgres. */
  readonly network: CuttingProxy;
  readonly replicas: readonly Replica[];
}

/** How often feeds say that they are alive, in seconds: so that those who watch a replica that is halted notice soon. */
const HEARTBEAT_SECONDS = 1;

/** Starts so many replicas over a Postgres of their own, which syncs what it commits. */
export async function openReplicaWorld(count: number): Promise<ReplicaWorld> {
  await using opened = new AsyncDisposableStack();
  const postgres = await openPostgres();
  opened.defer(() => postgres.close());
  const network = await openCuttingProxy(postgres.folder);
  opened.defer(() => network.close());
  const url = network.through(postgres.url());
  const replicas: Replica[] = [];
  while (replicas.length < count) {
    const port = await freePort();
    const settings = { PORT: String(port), HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS), LOG_LEVEL: "warn" };
    const replica = new Replica(port, replicaOn(`replica ${replicas.length + 1}`, { url: () => url }, settings));
    opened.defer(() => replica.stop());
    await replica.start();
    replicas.push(replica);
  }
  const world = opened.move();
  return { postgres, network, replicas, [Symbol.asyncDispose]: () => world.disposeAsync() };
}

/** One server of several, which comes back on the same port. */
export class Replica {
  readonly baseUrl: string;
  readonly #spec: ServerSpec;
  #running: RunningServer | undefined;

  constructor(port: number, spec: ServerSpec) {
    this.baseUrl = `http://127.0.0.1:${port}`;
    this.#spec = spec;
  }

  /** Starts it; resolves when it listens. */
  async start(): Promise<void> {
    this.#running = await startServer(this.#spec, { smoke: false });
  }

  /** Has it drain and end. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** Sends its process a signal. */
  signal(signal: NodeJS.Signals): void {
    if (this.#running) process.kill(this.#running.pid, signal);
  }
}
