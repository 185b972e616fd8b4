import type { ReaderNumbers } from "../../domain/reader-of-caller.ts";
import type { Connection } from "./connection.ts";
import { queries } from "./queries.ts";

/** The numbers of readers that principals have; `writer` gives them. */
export function openPostgresReaderNumbers(reader: Connection, writer: Connection): ReaderNumbers {
  async function find(principal: string): Promise<number | undefined> {
    const query = queries.selectFrom("reader_numbers").select("user_id").where("principal", "=", principal);
    const [row] = await reader.select("reader-number", query);
    return row?.user_id;
  }

  return {
    async numberOf(principal) {
      const known = await find(principal);
      if (known !== undefined) return known;
      // To run it twice does no harm, so it is tried again as what only reads is.
      await writer.read({
        text: "insert into reader_numbers(principal) values ($1) on conflict do nothing",
        values: [principal],
      });
      const given = await find(principal);
      if (given === undefined) throw new Error("the number that a principal was given cannot be read");
      return given;
    },
  };
}
