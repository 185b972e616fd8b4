import type { ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";

/** What `encodeURIComponent` encodes and `decodeURI` leaves encoded. */
const OVER_ENCODED = /%(?:3B|2F|3F|3A|40|26|3D|2B|24|2C|23)/g;

/** Puts the status of a call of gRPC that has failed into its trailers, and returns them. The error must be well-formed. */
export function setGrpcStatus(trailer: Headers, error: ConnectError): Headers {
  setTrailerStatus(trailer, error);
  relaxGrpcMessage(trailer);
  return trailer;
}

/**
 * Rewrites the `grpc-message` of trailers so that every client can read it. Connect encodes more characters than the protocol
 * asks for, and grpc-js does not decode those: its users would see `name%3A` for `name:`.
 */
export function relaxGrpcMessage(trailer: Headers): void {
  const encoded = trailer.get("grpc-message");
  if (encoded === null) return;
  const relaxed = encoded.replace(OVER_ENCODED, (code) => decodeURIComponent(code));
  trailer.set("grpc-message", relaxed);
}
