import type { ReaderNumbers } from "../../domain/reader-of-caller.ts";
import type { Database } from "./database.ts";

/** The first number that is given. */
const FIRST = 1_000_000_000;

/** The numbers of readers that principals have. */
export function openReaderNumbers(database: Database): ReaderNumbers {
  return {
    async numberOf(principal) {
      const known = await database.kysely
        .selectFrom("reader_numbers")
        .where("principal", "=", principal)
        .select("user_id")
        .executeTakeFirst();
      return known === undefined ? give(database, principal) : known.user_id;
    },
  };
}

/** Gives a principal a number, unless it has been given one since. */
function give(database: Database, principal: string): Promise<number> {
  return database.write(async ({ transaction }) => {
    const { last } = await transaction
      .selectFrom("reader_numbers")
      .select(({ fn }) => fn.max("user_id").as("last"))
      .executeTakeFirstOrThrow();
    await transaction
      .insertInto("reader_numbers")
      .values({ user_id: Number(last ?? FIRST - 1) + 1, principal })
      .onConflict((conflict) => conflict.column("principal").doNothing())
      .execute();
    const { user_id } = await transaction
      .selectFrom("reader_numbers")
      .where("principal", "=", principal)
      .select("user_id")
      .executeTakeFirstOrThrow();
    return user_id;
  });
}
