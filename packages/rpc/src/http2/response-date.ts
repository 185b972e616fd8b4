/** The index of `date` among the names of the static table (RFC 7541, appendix A). */
const DATE_NAME = 33;
/** The newest entry of the dynamic table: the first behind the 61 of the static one. */
const NEWEST_ENTRY = Uint8Array.of(0x80 | 62);
/** How many bytes a date takes in a header block at most. */
export const MAX_DATE_BYTES = 32;

/** The time of a second, as header blocks carry it in `date`. */
export class HttpDate {
  /** The header, written out so that it goes into the client's table (RFC 7541, section 6.2.1). */
  readonly indexed: Uint8Array;
  /** The header, written out and kept out of the table (section 6.2.2). */
  readonly plain: Uint8Array;

  /** @param time in milliseconds since 1970 */
  constructor(time: number) {
    const text = Buffer.from(new Date(time).toUTCString(), "latin1");
    this.indexed = Buffer.concat([Uint8Array.of(0x40 | DATE_NAME, text.length), text]);
    this.plain = Buffer.concat([Uint8Array.of(0x0f, DATE_NAME - 0x0f, text.length), text]);
  }
}

/** Knows the time of responses: the same object as long as it is the same second. */
export interface DateSource {
  readonly current: HttpDate;
}

/** The time of the system. Read once a second at most, since that costs more than all else about a date. */
export class SystemDates implements DateSource {
  private date: HttpDate | undefined = undefined;

  get current(): HttpDate {
    return this.date ?? this.read();
  }

  private read(): HttpDate {
    const now = Date.now();
    const timer = setTimeout(
      () => {
        this.date = undefined;
      },
      1_000 - (now % 1_000),
    );
    timer.unref();
    this.date = new HttpDate(now);
    return this.date;
  }
}

/** The time of all connections that are not given another. */
export const systemDates: DateSource = new SystemDates();

/**
 * Writes the `date` of the responses of a connection (RFC 9110, section 6.6.1). The first of each second goes into the client's table, so that
 * it takes one byte in all others. Nothing else does: that entry is always the newest.
 */
export class ResponseDate {
  private readonly source: DateSource;
  private known: HttpDate | undefined = undefined;
  private hasTable = true;

  constructor(source: DateSource) {
    this.source = source;
  }

  /** Uses the client's table no longer. */
  giveUpTable(): void {
    this.hasTable = false;
  }

  /** The header for the next block that is sent: blocks have to be sent in the order in which this is asked. */
  next(): Uint8Array {
    const { current } = this.source;
    if (!this.hasTable) return current.plain;
    if (current === this.known) return NEWEST_ENTRY;
    this.known = current;
    return current.indexed;
  }
}
