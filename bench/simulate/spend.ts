import type { PostgresServer } from "@triptych/testkit/postgres/postgres-server.ts";
import { processorSeconds } from "../process-figures.ts";
import type { RunningServer } from "../servers/server-spec.ts";

/** What some work took. */
export interface Spent<T> {
  readonly result: T;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** How many cores each server was busy on meanwhile, in the order given. */
  readonly servers: readonly number[];
  /** How many cores Postgres was busy on. */
  readonly postgres: number;
}

/** Does some work, and measures the processor time that servers and their Postgres spend meanwhile. */
export async function spend<T>(
  servers: readonly RunningServer[],
  postgres: PostgresServer,
  work: () => Promise<T>,
): Promise<Spent<T>> {
  const read = () =>
    [...servers.map((server) => server.processorSeconds()), processorSeconds(postgres.pid)].map(
      (seconds = Number.NaN) => seconds,
    );
  const before = read();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1_000;
  const cores = read().map((after, index) => (after - (before[index] ?? 0)) / seconds);
  return { result, seconds, servers: cores.slice(0, -1), postgres: cores.at(-1) ?? Number.NaN };
}
