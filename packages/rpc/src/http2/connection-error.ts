import { ErrorCode } from "./error-code.ts";

/** What ends a connection (RFC 9113, section 5.4.1). The message goes to the client with the GOAWAY. */
export class ConnectionError extends Error {
  /** One of `ErrorCode`. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the client did that no connection allows. */
export function protocolError(message: string): ConnectionError {
  return new ConnectionError(ErrorCode.protocolError, message);
}
