import { Code, ConnectError } from "@connectrpc/connect";

/** What a log says of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The name of its status code, or what the system calls it. */
  readonly code?: string;
  readonly cause?: LoggedError;
}

/** How many causes are followed. */
const MAX_CAUSES = 5;

/** What a log says of an error: its kind, message, stack and causes, and none of the metadata and values that an error may carry beside them. */
export function errorForLog(error: unknown, causes = MAX_CAUSES): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: undefined };
  const { name, message, stack, cause } = error;
  const code = codeOf(error);
  return {
    type: name,
    message,
    stack,
    ...(code !== undefined && { code }),
    ...(cause !== undefined && causes > 0 && { cause: errorForLog(cause, causes - 1) }),
  };
}

function codeOf(error: Error): string | undefined {
  if (error instanceof ConnectError) return Code[error.code];
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
