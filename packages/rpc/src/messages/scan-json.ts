/** What a text of JSON is found to have, before anything is made of it. */
export interface JsonFacts {
  /** How many keys and values it has, more or less; when there are more than allowed, the scan ends at the first that is too many. */
  readonly elements: number;
  /** How deeply its arrays and objects are nested. */
  readonly depth: number;
  /** A key that one object has twice. */
  readonly duplicateKey: string | undefined;
  /** Whether a number has so many digits, or an exponent, that a double may be another number. */
  readonly mayLoseDigits: boolean;
}

/** Numbers with fewer characters are themselves as doubles, when they have no exponent. */
const EXACT_LENGTH = 15;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Scans a text that should be JSON; what is none gives facts of no meaning, and parsing it fails. */
export function scanJson(text: string, maxElements: number): JsonFacts {
  const scan = new Scan(text);
  while (scan.at < text.length && scan.elements <= maxElements) scan.token();
  return scan;
}

class Scan implements JsonFacts {
  at = 0;
  elements = 1;
  depth = 0;
  duplicateKey: string | undefined = undefined;
  mayLoseDigits = false;
  private readonly text: string;
  /** The keys of each open object; undefined for an array. */
  private readonly open: (Set<string> | undefined)[] = [];
  private expectsKey = false;

  constructor(text: string) {
    this.text = text;
  }

  token(): void {
    const code = this.text.charCodeAt(this.at);
    switch (code) {
      case QUOTE:
        this.string();
        return;
      case OPEN_OBJECT:
        this.begin(new Set());
        break;
      case OPEN_ARRAY:
        this.begin(undefined);
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.open.pop();
        break;
      case COMMA:
        this.elements += 1;
        this.expectsKey = this.open.at(-1) !== undefined;
        break;
      case COLON:
        this.expectsKey = false;
        break;
      default:
        if (isNumberStart(code)) this.number();
    }
    this.at += 1;
  }

  private begin(keys: Set<string> | undefined): void {
    this.elements += 1;
    this.open.push(keys);
    if (this.open.length > this.depth) this.depth = this.open.length;
    this.expectsKey = keys !== undefined;
  }

  private string(): void {
    const start = this.at + 1;
    let end = this.text.indexOf('"', start);
    while (end !== -1 && this.isEscaped(end, start)) end = this.text.indexOf('"', end + 1);
    this.at = end === -1 ? this.text.length : end + 1;
    if (this.expectsKey) this.key(this.text.slice(start, this.at - 1));
    this.expectsKey = false;
  }

  private isEscaped(at: number, start: number): boolean {
    let first = at;
    while (first > start && this.text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    return (at - first) % 2 === 1;
  }

  private key(quoted: string): void {
    this.elements += 1;
    const keys = this.open.at(-1);
    const key = quoted.includes("\\") ? unescaped(quoted) : quoted;
    if (keys?.has(key) === true) this.duplicateKey ??= key;
    keys?.add(key);
  }

  /** Leaves off at the last character of the number. */
  private number(): void {
    const start = this.at;
    let end = start + 1;
    for (; end < this.text.length; end++) {
      const code = this.text.charCodeAt(end);
      if (isExponent(code)) this.mayLoseDigits = true;
      else if (!isNumberPart(code)) break;
    }
    if (end - start > EXACT_LENGTH) this.mayLoseDigits = true;
    this.at = end - 1;
  }
}

function isNumberStart(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39);
}

function isNumberPart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2b || code === 0x2d;
}

function isExponent(code: number): boolean {
  return code === 0x65 || code === 0x45;
}

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    return quoted;
  }
}
