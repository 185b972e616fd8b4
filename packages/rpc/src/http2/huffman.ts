/**
 * How long the code of each byte is, in bits (RFC 7541, appendix B), sixteen to a line; then the end of the string. The code is canonical
 * (section 5.2), so that nothing else has to be written down: shorter codes come first, and among those of one length smaller bytes.
 */
const CODE_LENGTHS = `
  13 23 28 28 28 28 28 28 28 24 30 28 28 30 28 28
  28 28 28 28 28 28 30 28 28 28 28 28 28 28 28 28
  6 10 10 12 13 6 8 11 10 10 8 11 8 6 6 6
  5 5 5 6 6 6 6 6 6 6 7 8 15 6 12 10
  13 6 7 7 7 7 7 7 7 7 7 7 7 7 7 7
  7 7 7 7 7 7 7 7 8 7 8 13 19 13 14 6
  15 5 6 5 6 5 6 6 6 5 7 7 6 6 6 5
  6 7 6 5 5 6 7 7 7 7 7 15 11 14 13 28
  20 22 20 20 22 22 22 23 22 23 23 23 23 23 24 23
  24 24 22 23 24 23 23 23 23 21 22 23 22 23 23 24
  22 21 20 22 22 23 23 21 23 22 22 24 21 22 23 23
  21 21 22 21 23 22 23 23 20 22 22 22 23 22 22 23
  26 26 20 19 22 23 22 25 26 26 26 27 27 26 24 25
  19 21 26 27 27 26 27 24 21 21 26 26 28 27 27 27
  20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23
  26 27 26 26 27 27 27 27 27 28 27 27 27 27 27 26
  30`;

const END_OF_STRING = 256;
/** Four bits at a time: the state that follows, the byte that is complete with them, or that there can be no such bits. */
const STATE_BITS = 0xff;
const HAS_BYTE = 0x100;
const BYTE_SHIFT = 16;
const IMPOSSIBLE = -1;
/** Padding is shorter than a byte (section 5.2). */
const MAX_PADDING_BITS = 7;

const { steps, mayEnd } = buildMachine();

/**
 * Decodes Huffman-coded bytes into `to`, which has room for eight bytes for each five; returns how many they are, or -1 when they are no
 * such code: an end of string inside, or padding that is too long or not all ones (RFC 7541, section 5.2).
 */
export function decodeHuffman(from: Uint8Array, start: number, end: number, to: Uint8Array): number {
  let state = 0;
  let length = 0;
  for (let index = start; index < end; index++) {
    const byte = from[index] ?? 0;
    let step = steps[(state << 4) | (byte >> 4)] ?? IMPOSSIBLE;
    if (step === IMPOSSIBLE) return -1;
    if (step & HAS_BYTE) to[length++] = step >> BYTE_SHIFT;
    step = steps[((step & STATE_BITS) << 4) | (byte & 15)] ?? IMPOSSIBLE;
    if (step === IMPOSSIBLE) return -1;
    if (step & HAS_BYTE) to[length++] = step >> BYTE_SHIFT;
    state = step & STATE_BITS;
  }
  return mayEnd[state] === 1 ? length : -1;
}

/** A node of the tree of codes: which node or symbol follows on 0 and 1. */
interface Node {
  readonly number: number;
  readonly next: (Node | number)[];
  readonly isPadding: boolean;
}

function buildMachine() {
  const nodes = buildTree();
  const steps = new Int32Array(nodes.length << 4);
  for (const node of nodes) {
    for (let bits = 0; bits < 16; bits++) steps[(node.number << 4) | bits] = step(node, bits, nodes);
  }
  return { steps, mayEnd: Uint8Array.from(nodes, ({ isPadding }) => Number(isPadding)) };
}

/** What four bits lead to. At most one byte is complete with them, since no code is shorter than five bits. */
function step(from: Node, bits: number, nodes: readonly Node[]): number {
  let node = from;
  let byte = 0;
  for (let bit = 3; bit >= 0; bit--) {
    const next = node.next[(bits >> bit) & 1];
    if (next === END_OF_STRING || next === undefined) return IMPOSSIBLE;
    if (typeof next === "number") byte = HAS_BYTE | (next << BYTE_SHIFT);
    node = typeof next === "number" ? (nodes[0] ?? node) : next;
  }
  return node.number | byte;
}

/** Builds the tree of the canonical code; the root is the first node. */
function buildTree(): Node[] {
  const lengths = CODE_LENGTHS.trim().split(/\s+/).map(Number);
  const symbols = lengths.map((length, symbol) => ({ length, symbol }));
  symbols.sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  const nodes: Node[] = [{ number: 0, next: [], isPadding: true }];
  let code = 0;
  let before = 0;
  for (const { length, symbol } of symbols) {
    code <<= length - before;
    before = length;
    place(symbol, code, length, nodes);
    code += 1;
  }
  return nodes;
}

function place(symbol: number, code: number, length: number, nodes: Node[]): void {
  let node = nodes[0];
  for (let left = length - 1; left > 0 && node !== undefined; left--) {
    const bit = (code >> left) & 1;
    let next = node.next[bit];
    if (typeof next !== "object") {
      const depth = length - left;
      next = { number: nodes.length, next: [], isPadding: node.isPadding && bit === 1 && depth <= MAX_PADDING_BITS };
      nodes.push(next);
      node.next[bit] = next;
    }
    node = next;
  }
  if (node !== undefined) node.next[code & 1] = symbol;
}
