import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../sqlite/store.ts";
import type { Store } from "../store.ts";
import { type StoreWorld, storeOptions } from "./store-world.ts";

/** Makes the data of a store on SQLite. */
export async function createSqliteWorld(): Promise<StoreWorld> {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  let open: Store | undefined;
  async function byHand(sql: string): Promise<void> {
    const other = new DatabaseSync(join(directory, "triptych.sqlite"), { timeout: 5_000 });
    other.exec(sql);
    other.close();
  }
  return {
    async open(options) {
      await open?.close();
      open = await openStore({ directory, ...storeOptions(options) });
      return open;
    },
    rejectOrdersOf: (phone) =>
      byHand(`create trigger reject before insert on orders when new.contents like '%"phone":"${phone}"%'
        begin select raise(abort, 'rejected'); end`),
    byHand,
    async close() {
      await open?.close();
      await rm(directory, { recursive: true });
    },
  };
}
