import { DatabaseError } from "pg";
import { StoreBusy, StoreFull, StoreOutcomeUnknown, StoreTrouble } from "../../domain/errors.ts";
import { ConnectionLost } from "./statement-errors.ts";

// Classes and codes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html).
const CONNECTION = "08";
const RESOURCES = "53";
const DISK_FULL = "53100";
const OPERATOR = "57";
const SYSTEM = "58";
const READ_ONLY = "25006";
const ROLLED_BACK = "40";
const ENDED = ["57P", "XX"];
/** The database cannot do for now what it otherwise does. */
const BUSY = [CONNECTION, RESOURCES, OPERATOR, SYSTEM, ROLLED_BACK];

/** Whether the database ends the connection, or has broken: by code, since the severity comes in the language of the database. */
export function hasEnded({ code }: DatabaseError): boolean {
  return ENDED.some((start) => code?.startsWith(start));
}

/**
 * What an error of a statement says about whether the store can write: undefined where it says nothing, as when the statement breaks a rule. Where
 * the connection ended before the answer, the statement may have been committed.
 */
export function troubleOf(error: unknown): StoreTrouble | undefined {
  if (error instanceof StoreTrouble) return error;
  const cause = { cause: error };
  if (error instanceof ConnectionLost) {
    return new StoreOutcomeUnknown(
      "the connection to the store was lost before it answered: the write is stored whole or not at all",
      cause,
    );
  }
  if (!(error instanceof DatabaseError)) return undefined;
  const { code = "" } = error;
  if (code === DISK_FULL) return new StoreFull("the disk of the store is full", cause);
  if (code === READ_ONLY) return new StoreBusy("the store takes no writes: it is a standby, or read-only", cause);
  if (BUSY.includes(code.slice(0, 2))) {
    return new StoreBusy(`the store could not take the write: ${error.message}`, cause);
  }
  return undefined;
}

/** What a read is rejected with: StoreBusy where the database cannot answer for now, or else what it failed with. */
export function troubleOfRead(error: unknown): unknown {
  const cause = { cause: error };
  if (error instanceof ConnectionLost) return new StoreBusy("the store did not answer", cause);
  if (!(error instanceof DatabaseError) || !BUSY.includes((error.code ?? "").slice(0, 2))) return error;
  return new StoreBusy(`the store could not be read: ${error.message}`, cause);
}
