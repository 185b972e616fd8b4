import { defaultProtocol, type Protocol } from "./protocol.ts";

/** The query parameter that holds the protocol. */
export const protocolParameter = "protocol";

/** The same address with the protocol in its query; the default protocol needs none. Other parameters stay. */
export function withProtocol(href: string, protocol: Protocol): string {
  const [beforeHash = "", hash] = href.split("#", 2);
  const [path = "", search] = beforeHash.split("?", 2);
  const parameters = new URLSearchParams(search);
  parameters.delete(protocolParameter);
  if (protocol !== defaultProtocol) parameters.set(protocolParameter, protocol);
  const query = parameters.size === 0 ? "" : `?${parameters}`;
  return `${path}${query}${hash === undefined ? "" : `#${hash}`}`;
}
