/** What `encodeURIComponent` encodes and `decodeURI` leaves encoded. */
const OVER_ENCODED = /%(?:3B|2F|3F|3A|40|26|3D|2B|24|2C|23)/g;

/**
 * Rewrites the `grpc-message` of trailers so that every client can read it. The library encodes more characters than the protocol
 * asks for, and grpc-js does not decode those: its users would see `name%3A` for `name:`.
 */
export function relaxGrpcMessage(trailer: Headers): void {
  const encoded = trailer.get("grpc-message");
  if (encoded !== null)
    trailer.set(
      "grpc-message",
      encoded.replace(OVER_ENCODED, (code) => decodeURIComponent(code)),
    );
}
