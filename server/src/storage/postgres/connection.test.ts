import { DatabaseError } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StoreBusy } from "../../domain/errors.ts";
import { Connection } from "./connection.ts";
import { ConnectionLost, NotSent } from "./statement-errors.ts";
import { noPostgres, usePostgres } from "./testing/use-postgres.ts";

const postgres = usePostgres();
const END_ITSELF = { text: "select pg_terminate_backend(pg_backend_pid())" };

describe.skipIf(noPostgres !== undefined)(`a connection to Postgres${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  let connection: Connection;

  beforeEach(async () => {
    connection = await new Connection({ url: await postgres.newSchema(), purpose: "test" }).open();
  });

  afterEach(() => connection.close());

  it("takes a read that the database ends, again and again, for a store that is busy, and goes on after it", async () => {
    await expect(connection.read(END_ITSELF)).rejects.toBeInstanceOf(StoreBusy);
    expect(await connection.read({ text: "select 1 as one" })).toEqual([{ one: 1 }]);
  });

  it("does not know what became of a write that the database ends", async () => {
    await expect(connection.query(END_ITSELF)).rejects.toBeInstanceOf(ConnectionLost);
  });

  it("takes a read that the database gives up for a store that is busy", async () => {
    await connection.query({ text: "set statement_timeout = 1" });
    await expect(connection.read({ text: "select pg_sleep(5)" })).rejects.toBeInstanceOf(StoreBusy);
  });

  it("says what is wrong with a statement itself", async () => {
    await expect(connection.read({ text: "select no_column" })).rejects.toBeInstanceOf(DatabaseError);
    const cyclic: Record<string, unknown> = {};
    cyclic.itself = cyclic;
    await expect(connection.query({ text: "select $1::text", values: [cyclic] })).rejects.toBeInstanceOf(NotSent);
  });
});
