import { DatabaseError } from "pg";
import { StoreTrouble } from "../../domain/errors.ts";

/** The database cannot be used as it is; the message says for an operator what is wrong and what to do, and shows no password. */
export class DatabaseUnusable extends Error {
  override name = "DatabaseUnusable";
}

/** What a failure to open a database means for an operator; any other error is returned as it is. */
export function explainDatabaseError(error: unknown): unknown {
  if (error instanceof DatabaseUnusable || !(error instanceof Error)) return error;
  if (error instanceof StoreTrouble && error.cause !== undefined) return explainDatabaseError(error.cause);
  const wrap = (text: string) => new DatabaseUnusable(text, { cause: error });
  if (error instanceof DatabaseError) {
    switch (error.code) {
      case "28P01":
      case "28000":
        return wrap(`the database rejects the user: ${error.message}`);
      case "3D000":
        return wrap(`the database is not there: ${error.message}`);
      case "42501":
        return wrap(`the user lacks rights: ${error.message}; let it create tables in its schema, or own them`);
      case "25006":
        return wrap("the database is a standby, or read-only: name the primary");
      default:
        return wrap(`the database cannot be used: ${error.message}`);
    }
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (/^E[A-Z]+$/.test(code) || /timeout|terminated|ssl|SSL/.test(error.message)) {
    return wrap(`the database cannot be reached: ${describe(error)}`);
  }
  return error;
}

/** Several addresses of a name fail with an error of several, whose own message is empty. */
function describe(error: Error): string {
  return error instanceof AggregateError
    ? error.errors.map((one) => String(one?.message ?? one)).join("; ")
    : error.message;
}
