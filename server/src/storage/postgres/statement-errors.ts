/** The connection was lost, or the database took too long, before the answer to a statement: what it was to do is done whole or not at all. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

/** A statement was not sent, since one of its values cannot be. */
export class NotSent extends Error {
  override name = "NotSent";
}
