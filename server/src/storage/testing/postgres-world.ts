import { openPostgresStore } from "../postgres/store.ts";
import type { UsedPostgres } from "../postgres/testing/use-postgres.ts";
import type { Store } from "../store.ts";
import { type StoreWorld, storeOptions } from "./store-world.ts";

/** The data of a store on Postgres, which may be open several times. */
export interface PostgresWorld extends StoreWorld {
  readonly url: string;
}

/** Makes the data of a store on Postgres. */
export async function createPostgresWorld(postgres: UsedPostgres): Promise<PostgresWorld> {
  const url = await postgres.newSchema();
  const opened: Store[] = [];
  const byHand = async (sql: string) => void (await postgres.run(url, sql));
  return {
    url,
    async open(options) {
      const store = await openPostgresStore({ url, wakeUp: "listen", ...storeOptions(options) });
      opened.push(store);
      return store;
    },
    rejectOrdersOf: (phone) =>
      byHand(`
        create function reject() returns trigger language plpgsql as
          $$ begin raise check_violation using message = 'rejected'; end $$;
        create trigger reject before insert on orders for each row
          when (new.contents like '%"phone":"${phone}"%') execute function reject()`),
    byHand,
    async close() {
      await Promise.all(opened.map((store) => store.close()));
    },
  };
}
