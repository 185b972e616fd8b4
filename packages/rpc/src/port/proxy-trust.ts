import { BlockList, isIP } from "node:net";

/** Which proxies are believed in what they say of the addresses of clients: so many in a row, or those of some networks, such as `10.0.0.0/8`. */
export type TrustedProxies = { readonly hops: number } | { readonly networks: readonly string[] };

/** What is known of the addresses of clients behind proxies. */
export interface ProxyTrust {
  /** Whether a connection from an address is that of a proxy, which has many clients. */
  isProxy(remoteAddress: string | undefined): boolean;
  /** Whether a connection from an address is certain to be the client's own. */
  isClient(remoteAddress: string | undefined): boolean;
  /** The address of the client of a request, of the address of its connection and of `x-forwarded-for`: the one that the last proxy that is trusted has seen. */
  addressOf(
    remoteAddress: string | undefined,
    forwardedFor: string | readonly string[] | undefined,
  ): string | undefined;
}

/** Believes nobody: the address of a client is that of its connection. */
const NOBODY: ProxyTrust = { isProxy: () => false, isClient: () => true, addressOf: (remoteAddress) => remoteAddress };

/**
 * Makes what looks up the addresses of clients; where nobody is trusted, they are those of connections.
 * @throws Error when a network is none.
 */
export function createProxyTrust(trusted: TrustedProxies | undefined): ProxyTrust {
  if (trusted === undefined) return NOBODY;
  if ("hops" in trusted) {
    return {
      isProxy: () => true,
      isClient: () => false,
      addressOf: (remoteAddress, forwardedFor) => {
        const chain = [...addressesIn(forwardedFor), remoteAddress];
        return chain[Math.max(0, chain.length - 1 - trusted.hops)];
      },
    };
  }
  const isTrusted = createNetworks(trusted.networks);
  return {
    isProxy: isTrusted,
    // Whose a connection is that is closed already is not known.
    isClient: (remoteAddress) => remoteAddress !== undefined && !isTrusted(remoteAddress),
    addressOf(remoteAddress, forwardedFor) {
      let address = remoteAddress;
      for (const before of addressesIn(forwardedFor).reverse()) {
        if (!isTrusted(address)) break;
        address = before;
      }
      return address;
    },
  };
}

/** Those that are none, as of a client that makes them up, end the list: nothing before them can be believed. */
function addressesIn(forwardedFor: string | readonly string[] | undefined): string[] {
  const all = [forwardedFor ?? []].flat().flatMap((text) => text.split(","));
  const addresses = all.map((text) => text.trim().replace(/^\[(.*)\](?::\d+)?$/, "$1"));
  return addresses.slice(addresses.findLastIndex((address) => isIP(address) === 0) + 1);
}

function createNetworks(networks: readonly string[]): ProxyTrust["isProxy"] {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (isIP(address) === 0) throw new Error(`a network must be an address with or without a length: got ${network}`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (remoteAddress = "") => {
    const address = remoteAddress.replace(/^::ffff:(?=[\d.]+$)/i, "");
    return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  };
}
