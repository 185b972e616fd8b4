import type { ConnectError } from "@connectrpc/connect";

/** How long the server asks to wait before a call is made again, in milliseconds, negative where it is not to be; undefined where it says nothing. */
export function pushbackOf({ metadata }: ConnectError): number | undefined {
  const value = metadata.get("grpc-retry-pushback-ms");
  if (value === null) return undefined;
  // What is no number says that it is not to be tried again, as with every client of gRPC.
  return /^-?\d{1,9}$/.test(value) ? Number(value) : -1;
}
