import type { IncomingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { protocolVersion } from "@connectrpc/connect/protocol-connect";

/** What is wrong with the version of Connect that the headers of a POST name; undefined when it is the one there is. */
export function checkVersionHeader(headers: IncomingHttpHeaders): ConnectError | undefined {
  return check("the header connect-protocol-version", protocolVersion, headers["connect-protocol-version"]);
}

/** What is wrong with the version of Connect that the query of a GET names; undefined when it is the one there is. */
export function checkVersionParameter(query: string): ConnectError | undefined {
  return check("the parameter connect", `v${protocolVersion}`, new URLSearchParams(query).get("connect"));
}

function check(what: string, wanted: string, got: unknown): ConnectError | undefined {
  if (got === wanted) return undefined;
  const found = typeof got === "string" ? `"${got}"` : "none";
  return new ConnectError(`${what} must be "${wanted}": got ${found}`, Code.InvalidArgument);
}
