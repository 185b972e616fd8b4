import type { Transport } from "@connectrpc/connect";
import { createGrpcWebTransport, type GrpcWebTransportOptions } from "@connectrpc/connect-web";

/** The transport over gRPC-Web. In a file of its own, so that a page loads its code beside its own, and only where calls use it. */
export function openGrpcWebTransport(options: GrpcWebTransportOptions): Transport {
  return createGrpcWebTransport(options);
}
