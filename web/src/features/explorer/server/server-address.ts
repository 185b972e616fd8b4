import { namesVariable, substitute, type Values } from "../variables/substitute.ts";

/** The server whose methods are called: the one of the page, another one that the page calls itself, or one behind the relay of this server. */
export type ServerAddress =
  | { readonly kind: "own" }
  | {
      readonly kind: "direct" | "relayed";
      /** As links and kept calls name it: with the names of variables. */
      readonly name: string;
      /** Its address. */
      readonly text: string;
      /** Where it is, as a URL of HTTP. */
      readonly baseUrl: string;
    };

/** The server of the page. */
export const ownServer: ServerAddress = { kind: "own" };

/**
 * Reads the address of a server: `https://api.example.com`, which the page calls itself, with a path where the methods are below one;
 * `grpc://host:port` or `grpcs://host:port`, which is called through the relay; the own server where there is none, or it is the origin of the page. Values
 * stand in the place of the variables that it names.
 */
export function readServerAddress(
  given: string,
  origin: string,
  values: Values,
): ServerAddress | { readonly problem: string } {
  const substituted = substitute(given, values);
  if ("problem" in substituted) return substituted;
  const read = readAddress(substituted.text, origin);
  return "kind" in read && read.kind !== "own" && namesVariable(given) ? { ...read, name: given.trim() } : read;
}

function readAddress(given: string, origin: string): ServerAddress | { readonly problem: string } {
  const text = given.trim().replace(/\/+$/, "");
  if (text === "" || text === origin) return ownServer;
  if (!URL.canParse(text) || !/^(?:https?|grpcs?):\/\/[^/]/i.test(text)) {
    return { problem: `must be an address such as https://api.example.com or grpc://localhost:50051: got "${given}"` };
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return { problem: "must have no user name: put it into the metadata" };
  if (url.search !== "" || url.hash !== "") return { problem: "must end with its host, its port or a path" };
  return url.protocol.startsWith("grpc") ? readRelayed(url) : readDirect(url, origin);
}

function readDirect({ origin: at, pathname }: URL, origin: string): ServerAddress {
  const baseUrl = `${at}${pathname === "/" ? "" : pathname}`;
  return baseUrl === origin ? ownServer : { kind: "direct", name: baseUrl, text: baseUrl, baseUrl };
}

function readRelayed({ protocol, host, port, pathname }: URL): ServerAddress | { readonly problem: string } {
  if (pathname !== "" && pathname !== "/")
    return { problem: "must end with its port: gRPC has no paths before the service" };
  if (port === "" && protocol === "grpc:") return { problem: "must have a port, such as grpc://localhost:50051" };
  const full = port === "" ? `${host}:443` : host;
  const baseUrl = `${protocol === "grpcs:" ? "https" : "http"}://${full}`;
  const text = `${protocol}//${full}`;
  return { kind: "relayed", name: text, text, baseUrl };
}
