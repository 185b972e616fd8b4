import type { Attack, Target } from "../attack.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { cutApart, throwBytes } from "../throw-bytes.ts";

type Mutation = (bytes: Buffer, target: Target) => Buffer;

function range(random: SeededRandom, length: number): [start: number, end: number] {
  const start = random.integer(0, length);
  return [start, Math.min(length, start + random.integer(1, 60))];
}

const flip: Mutation = (bytes, { random }) => {
  const flipped = Buffer.from(bytes);
  for (let count = random.integer(1, 8); count > 0 && flipped.length > 0; count--) {
    const at = random.integer(0, flipped.length - 1);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.integer(0, 7));
  }
  return flipped;
};

const cut: Mutation = (bytes, { random }) => {
  const [start, end] = range(random, bytes.length);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
};

const repeat: Mutation = (bytes, { random }) => {
  const [start, end] = range(random, bytes.length);
  const times = random.integer(1, 40);
  const repeated = Array.from({ length: times }, () => bytes.subarray(start, end));
  return Buffer.concat([bytes.subarray(0, start), ...repeated, bytes.subarray(start)]);
};

const splice: Mutation = (bytes, { random, recordings }) => {
  const other = random.pick(recordings);
  return Buffer.concat([
    bytes.subarray(0, random.integer(0, bytes.length)),
    other.subarray(random.integer(0, other.length)),
  ]);
};

const stopShort: Mutation = (bytes, { random }) => bytes.subarray(0, random.integer(0, bytes.length));

const MUTATIONS = [flip, flip, cut, repeat, splice, stopShort] as const;

/** What a real client has sent, with a few things wrong. */
export const mutatedRecordings: Attack = {
  name: "mutated recordings",
  strike(target) {
    const { port, random, recordings } = target;
    let bytes = random.pick(recordings);
    for (let count = random.integer(0, 3); count > 0; count--) bytes = random.pick(MUTATIONS)(bytes, target);
    return throwBytes(port, random, cutApart(random, bytes));
  },
};
