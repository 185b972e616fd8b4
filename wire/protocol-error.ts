/** The other end sent bytes that break the protocol. The message says what was wanted and then what was sent. */
export class ProtocolError extends Error {
  override name = "ProtocolError";
}
