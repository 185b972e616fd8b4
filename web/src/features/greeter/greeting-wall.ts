import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { Greeting, WatchGreetingsResponse } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { appendBounded } from "../../hooks/append-bounded.ts";

/** The latest greetings of everyone. */
export interface GreetingWall {
  /** Oldest first, by ascending sequence number, at most `wallLimit`. */
  readonly greetings: readonly Greeting[];
  /** Whether the server has said that it keeps no greeting at all. */
  readonly blank: boolean;
  /** Whether greetings come faster than anyone can follow one by one. */
  readonly crowded: boolean;
}

/** How many greetings the wall shows. */
export const wallLimit = 200;

/** A wall before anything is known. */
export const unknownWall: GreetingWall = { greetings: [], blank: false, crowded: false };

/** The wall after a batch of messages. A greeting that is on it already is not put there twice. */
export function addToWall(wall: GreetingWall, batch: readonly WatchGreetingsResponse[]): GreetingWall {
  const latest = wall.greetings.at(-1)?.sequence ?? 0n;
  const fresh = batch.flatMap(({ update }) =>
    update.case === "greeting" && update.value.sequence > latest ? [update.value] : [],
  );
  const position = batch.findLast(({ update }) => update.case === "position")?.update;
  const keepsNone = position?.case === "position" ? position.value.oldestSequence === 0n : wall.blank;
  const greetings = appendBounded(wall.greetings, fresh, wallLimit);
  return {
    greetings,
    blank: keepsNone && greetings.length === 0,
    crowded: fresh.length === 0 ? wall.crowded : isCrowded(greetings, fresh.length),
  };
}

/** More greetings at once than this, or as close together as below, are too many to show one by one. */
const calmBatch = 3;
const crowdSize = 8;
const crowdMs = 2_000;

function isCrowded(greetings: readonly Greeting[], freshCount: number): boolean {
  const first = greetings.at(-crowdSize)?.time;
  const last = greetings.at(-1)?.time;
  if (freshCount > calmBatch) return true;
  return first !== undefined && last !== undefined && timestampMs(last) - timestampMs(first) < crowdMs;
}
