import type { Caller } from "./caller.ts";
import { NotAllowed } from "./errors.ts";

/** Which reader is which principal. */
export interface ReaderNumbers {
  /** The number of a principal: its own for good, from 1,000,000,000 on, given when it is first asked for. */
  numberOf(principalId: string): Promise<number>;
}

/**
 * The reader for whom a caller acts who names one: where nobody is asked who they are, that one; else 0 names the caller's own.
 * Rejects with NotAllowed when a caller who is no admin names another.
 */
export async function readerOfCaller(caller: Caller, named: number, readers: ReaderNumbers): Promise<number> {
  if (caller === "anybody") return named;
  if (caller === "nobody") throw new NotAllowed("who calls is not known, and so not for which reader");
  if (caller.isAdmin && named !== 0) return named;
  const own = await readers.numberOf(caller.id);
  if (named === 0 || named === own) return own;
  throw new NotAllowed(`reader ${named} is another: leave user_id out, or name your own, ${own}`);
}
