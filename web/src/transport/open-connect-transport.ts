import type { Transport } from "@connectrpc/connect";
import { type ConnectTransportOptions, createConnectTransport } from "@connectrpc/connect-web";

/** The transport over Connect. In a file of its own, so that a page loads its code beside its own, and only where calls use it. */
export function openConnectTransport(options: ConnectTransportOptions): Transport {
  return createConnectTransport(options);
}
