/** A server that calls are relayed to. */
export interface RelayTarget {
  /** As clients name it, such as `grpc://localhost:50051`, or `grpcs://api.example.com:443` where the connection is encrypted. */
  readonly address: string;
  /** Where it is, such as `http://localhost:50051`. */
  readonly url: string;
}

/** Reads `host:port`, which is called in clear text, or an origin such as `https://api.example.com`; undefined for anything else. */
export function readRelayTarget(text: string): RelayTarget | undefined {
  const isOrigin = text.startsWith("https://");
  const url = isOrigin ? text : `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, port, origin, protocol, href } = new URL(url);
  // Nothing but a host and a port: no path, no user, and no other spelling of an address.
  if (href !== `${origin}/` || text.endsWith("/") || hostname === "") return undefined;
  if (isOrigin) return { address: `grpcs://${hostname}:${port === "" ? 443 : port}`, url: origin };
  const given = /:(\d{1,5})$/.exec(text)?.[1];
  if (given === undefined || protocol !== "http:") return undefined;
  return { address: `grpc://${hostname}:${Number(given)}`, url: origin };
}
