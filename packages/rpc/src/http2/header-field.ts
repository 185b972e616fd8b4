/** What each entry of a header list or dynamic table counts beyond its name and value, in bytes (RFC 7541, section 4.1). */
export const FIELD_OVERHEAD = 32;

/** A header as it came; those of a table are shared by all requests that refer to them. */
export class HeaderField {
  readonly name: string;
  /** Its bytes, read as Latin-1. */
  readonly value: string;
  /** What it counts for tables and header lists. */
  readonly size: number;
  /** What `fieldKind` has found out about it; 0 as long as it has not been asked. */
  kind = 0;

  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
    this.size = name.length + value.length + FIELD_OVERHEAD;
  }
}
