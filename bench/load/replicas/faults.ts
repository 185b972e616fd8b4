import { setTimeout as pause } from "node:timers/promises";
import { runSql } from "@triptych/testkit/postgres/run-sql.ts";
import type { ReplicaWorld } from "./replica-world.ts";

/** Something that happens to replicas or to what they work with. */
export interface Fault {
  readonly name: string;
  /** Has it happen; resolves when it is over, with the replicas, from 0, that serve then. */
  happen(world: ReplicaWorld): Promise<readonly number[]>;
  /** Brings back what is still missing. */
  repair?(world: ReplicaWorld): Promise<void>;
}

/** How long Postgres, or the way to it, is gone, in milliseconds. */
const GONE_MS = 5_000;
const HALTED_MS = 30_000;
const LISTENERS_KILLED = 20;

const all = ({ replicas }: ReplicaWorld) => replicas.map((_, index) => index);

/** All faults, in the order in which they happen. */
export const faults: readonly Fault[] = [
  {
    name: "a replica is killed (kill -9)",
    async happen(world) {
      world.replicas[0]?.signal("SIGKILL");
      return all(world).slice(1);
    },
    async repair({ replicas: [first] }) {
      await first?.stop();
      await first?.start();
    },
  },
  {
    name: `Postgres crashes (pg_ctl stop -m immediate) and is gone for ${GONE_MS / 1_000} s`,
    async happen(world) {
      await world.postgres.crash();
      await pause(GONE_MS);
      await world.postgres.start();
      return all(world);
    },
  },
  {
    name: "Postgres is restarted",
    async happen(world) {
      await world.postgres.stop();
      await world.postgres.start();
      return all(world);
    },
  },
  {
    name: `the connections that listen are killed ${LISTENERS_KILLED} times`,
    async happen(world) {
      const kill =
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'triptych listener'";
      for (let count = 0; count < LISTENERS_KILLED; count++) {
        await runSql(world.postgres.url(), kill);
        await pause(200);
      }
      return all(world);
    },
  },
  {
    name: `all connections to Postgres are cut, and none can be made for ${GONE_MS / 1_000} s`,
    async happen(world) {
      world.network.cut(true);
      await pause(GONE_MS);
      world.network.cut(false);
      return all(world);
    },
  },
  {
    name: `nothing comes through to Postgres for ${GONE_MS / 1_000} s, on connections that stay open`,
    async happen(world) {
      world.network.isSilent = true;
      await pause(GONE_MS);
      // What is lost on the way breaks a connection of TCP; here the proxy has dropped it.
      world.network.cut(true);
      world.network.isSilent = false;
      world.network.cut(false);
      return all(world);
    },
  },
  {
    name: `a replica is halted for ${HALTED_MS / 1_000} s (SIGSTOP)`,
    async happen(world) {
      world.replicas[1]?.signal("SIGSTOP");
      await pause(HALTED_MS);
      world.replicas[1]?.signal("SIGCONT");
      return all(world);
    },
  },
  {
    name: "all replicas are restarted, one after the other (SIGTERM)",
    async happen(world) {
      for (const replica of world.replicas) {
        await replica.stop();
        await replica.start();
      }
      return all(world);
    },
  },
];
