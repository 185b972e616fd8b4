const MAPPED = /^::ffff:(?=[\d.]+$)/i;
const LINK_LOCAL = /^fe[89ab]/i;

/**
 * What the connections of one client have in common: its address of IPv4, the same whether it comes over a socket of IPv4 or of IPv6, or
 * the first 64 bits of its address of IPv6, of which a network gives a client any number. Empty when there is none any more.
 */
export function clientAddress(remoteAddress: string | undefined): string {
  const address = remoteAddress ?? "";
  if (MAPPED.test(address)) return address.replace(MAPPED, "");
  // Neighbours on one link differ only in the other bits.
  return address.includes(":") && !LINK_LOCAL.test(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [front = [], back = []] = address.split("::", 2).map((groups) => groups.split(":").filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}
