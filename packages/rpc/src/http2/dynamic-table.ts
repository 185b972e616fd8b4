import { FIELD_OVERHEAD, type HeaderField } from "./header-field.ts";

/** The dynamic table of a decoder (RFC 7541, section 2.3.2): a ring, so that neither adding nor evicting moves an entry. */
export class DynamicTable {
  private ring: (HeaderField | undefined)[] = [];
  private newest = 0;
  private size = 0;
  private maxSize: number;
  /** How many entries there are. */
  count = 0;

  /** The size is in bytes, as section 4.1 counts them. */
  constructor(maxSize: number) {
    this.maxSize = maxSize;
  }

  /** The entry of an index, where 0 is the newest; undefined where there is none. */
  at(index: number): HeaderField | undefined {
    return index < this.count ? this.ring[(this.newest - index) & (this.ring.length - 1)] : undefined;
  }

  /** Adds an entry as the newest, evicting as many as that takes; one that is larger than the table only empties it (section 4.4). */
  add(field: HeaderField): void {
    this.shrinkTo(this.maxSize - field.size);
    if (field.size > this.maxSize) return;
    if (this.count === this.ring.length) this.grow();
    this.newest = (this.newest + 1) & (this.ring.length - 1);
    this.ring[this.newest] = field;
    this.count += 1;
    this.size += field.size;
  }

  /** Changes how large the table may be (section 4.3). */
  resize(maxSize: number): void {
    this.maxSize = maxSize;
    this.shrinkTo(maxSize);
  }

  private shrinkTo(size: number): void {
    while (this.count > 0 && this.size > size) {
      const oldest = (this.newest - this.count + 1) & (this.ring.length - 1);
      this.size -= this.ring[oldest]?.size ?? FIELD_OVERHEAD;
      this.ring[oldest] = undefined;
      this.count -= 1;
    }
  }

  /** Doubles the ring, oldest entry first. */
  private grow(): void {
    const entries = Array.from({ length: this.count }, (_, index) => this.at(this.count - 1 - index));
    this.ring = [...entries, ...new Array<undefined>(Math.max(8, this.count)).fill(undefined)];
    // The length has to be a power of two.
    this.newest = this.count - 1;
  }
}
