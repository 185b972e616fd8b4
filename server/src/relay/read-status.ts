import { Code, ConnectError } from "@connectrpc/connect";
import { findTrailerError } from "@connectrpc/connect/protocol-grpc";

/** What a call has ended with, of its trailers: undefined is OK. Whatever else they say, `grpc-status` counts. */
export function readStatus(trailers: Headers): ConnectError | undefined {
  const status = trailers.get("grpc-status");
  if (status === "0") return undefined;
  if (status === null) return new ConnectError("the server has sent no status", Code.Unknown, trailers);
  const code: Code = /^\d{1,2}$/.test(status) && Number(status) in Code ? Number(status) : Code.Unknown;
  const error = new ConnectError(decoded(trailers.get("grpc-message") ?? ""), code, trailers);
  error.details = detailsOf(trailers.get("grpc-status-details-bin"));
  return error;
}

/** As it came where it is not percent-encoded as it should be. */
function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}

/** The details that `grpc-status-details-bin` has; none where it cannot be read. */
function detailsOf(status: string | null): ConnectError["details"] {
  if (status === null) return [];
  try {
    return findTrailerError(new Headers({ "grpc-status-details-bin": status }))?.details ?? [];
  } catch {
    return [];
  }
}
