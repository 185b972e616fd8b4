/** The address of a client, the same for IPv4 whether it comes over a socket of IPv4 or of IPv6; empty when there is none any more. */
export function clientAddress(remoteAddress: string | undefined): string {
  const address = remoteAddress ?? "";
  return /^::ffff:(?=[\d.]+$)/i.test(address) ? address.slice("::ffff:".length) : address;
}
