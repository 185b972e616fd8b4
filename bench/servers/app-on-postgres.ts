import { findPostgres } from "@triptych/testkit/postgres/find-postgres.ts";
import { type PostgresServer, startPostgres } from "@triptych/testkit/postgres/postgres-server.ts";
import type { Harness } from "../harness.ts";
import { appIn } from "./app.ts";
import type { RunningServer, ServerSpec } from "./server-spec.ts";

const programs = findPostgres();

/** Why nothing can be measured on Postgres here; undefined where it can. */
export const noPostgres = typeof programs === "string" ? programs : undefined;

/** The real server over a Postgres of its own, which syncs what it commits and is on the core of the load. */
export const appOnPostgres = onPostgres("app on Postgres");

/** The same in two processes that share the port. */
export const appInTwoProcesses = onPostgres("app in two processes", { PROCESSES: "2" });

function onPostgres(name: string, settings: Readonly<Record<string, string>> = {}): ServerSpec {
  return {
    name,
    ours: true,
    whyNot: () => noPostgres,
    async launch(place, purpose) {
      const postgres = await openPostgres();
      const launch = await replicaOn(name, postgres, settings).launch(place, purpose);
      return { ...launch, cores: Number(settings.PROCESSES ?? 1), end: () => postgres.close() };
    },
  };
}

/** Starts a Postgres which syncs what it commits, with an empty database. Rejects where there is none. */
export async function openPostgres(): Promise<PostgresServer> {
  if (typeof programs === "string") throw new Error(programs);
  return startPostgres(programs, { syncs: true });
}

/** The real server over a Postgres that others may use. */
export function replicaOn(
  name: string,
  postgres: Pick<PostgresServer, "url">,
  settings: Readonly<Record<string, string>> = {},
): ServerSpec {
  return appIn(name, (place) => `${place}/data`, { DATABASE_URL: postgres.url(), ...settings });
}

/** Starts so many servers over one Postgres of their own; all end with the harness. */
export async function openReplicas(
  { defer, freshServer }: Harness,
  count: number,
): Promise<readonly [RunningServer, ...RunningServer[]]> {
  const postgres = await openPostgres();
  defer(() => postgres.close());
  const first = await freshServer(replicaOn("replica 1", postgres));
  const rest: RunningServer[] = [];
  while (rest.length + 1 < count) rest.push(await freshServer(replicaOn(`replica ${rest.length + 2}`, postgres)));
  return [first, ...rest];
}
