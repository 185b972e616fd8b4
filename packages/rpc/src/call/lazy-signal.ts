/** Who makes the signal of a call when it is first asked for. */
export interface SignalSource {
  readonly signal: AbortSignal;
}

let sourceOf: (object: LazySignal) => SignalSource;

/**
 * An object with a `signal` of its own that is made when it is first read, and that copies of the object have, too. Most handlers never
 * read the signal of their call, and to end one that may be held takes as long as to read and write both messages.
 */
export class LazySignal {
  declare readonly signal: AbortSignal;
  readonly #source: SignalSource;

  static {
    sourceOf = (object) => object.#source;
  }

  constructor(source: SignalSource) {
    this.#source = source;
    Object.defineProperty(this, "signal", signalProperty);
  }
}

// Not a getter of the class, which a copy of the object would not have.
const signalProperty: PropertyDescriptor & ThisType<LazySignal> = {
  configurable: true,
  enumerable: true,
  get() {
    return sourceOf(this).signal;
  },
};
