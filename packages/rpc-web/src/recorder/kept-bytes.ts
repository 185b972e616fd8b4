/** The first bytes of something that may be long. */
export interface KeptBytes {
  /** How many bytes were added, kept or not. */
  readonly length: number;
  /** How many bytes of memory it takes. */
  readonly held: number;
  add(bytes: Uint8Array): void;
  /** The bytes kept; a copy. */
  take(): Uint8Array<ArrayBuffer>;
}

/** What is made room for at first: most of what comes in pieces is short. */
const FIRST_ROOM = 64;

/** Keeps at most `limit` bytes, in no more than about twice the memory of what was added, however small its pieces. */
export function createKeptBytes(limit: number): KeptBytes {
  let room = new Uint8Array(0);
  let kept = 0;
  let length = 0;
  return {
    get length() {
      return length;
    },
    get held() {
      return room.length;
    },
    add(bytes) {
      length += bytes.length;
      const piece = bytes.subarray(0, limit - kept);
      if (piece.length === 0) return;
      const needed = kept + piece.length;
      if (needed > room.length) {
        const wider = new Uint8Array(Math.min(limit, Math.max(FIRST_ROOM, needed, 2 * room.length)));
        wider.set(room.subarray(0, kept));
        room = wider;
      }
      room.set(piece, kept);
      kept = needed;
    },
    take: () => room.slice(0, kept),
  };
}
