import { type CallFrame, type CpuProfile, type ProfileNode, type Span, selfTimes } from "./cpu-profile.ts";
import { IDLE, roomOf } from "./room-of.ts";

/** Where the time of a span went; times are in microseconds. */
export interface TimeSpent {
  /** The time that was spent at all. */
  readonly busy: number;
  readonly idle: number;
  /** The places of the server, the costliest first. */
  readonly rooms: readonly Cost[];
  /** Functions, each together with what is built into V8 and works for it, the costliest first. */
  readonly functions: readonly Cost[];
}

/** What took how long. */
export interface Cost {
  readonly name: string;
  readonly time: number;
}

/** Tells where the time of a span went: the time that each function itself took, by the place it belongs to. */
export function attributeTime(profile: CpuProfile, span: Span): TimeSpent {
  const owners = ownersOf(profile.nodes);
  const rooms = new Map<string, number>();
  const functions = new Map<string, number>();
  for (const [id, time] of selfTimes(profile, span)) {
    const owner = owners.get(id);
    if (owner === undefined) continue;
    const room = roomOf(owner) ?? "other";
    add(rooms, room, time);
    if (room !== IDLE) add(functions, describe(owner), time);
  }
  const idle = rooms.get(IDLE) ?? 0;
  rooms.delete(IDLE);
  const busy = rooms.values().reduce((sum, time) => sum + time, 0);
  return { busy, idle, rooms: sorted(rooms), functions: sorted(functions) };
}

/** For each node the function that its time counts for: itself, or for what is built into V8 its caller. */
function ownersOf(nodes: readonly ProfileNode[]): Map<number, CallFrame> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, CallFrame>();
  // Parents stand before their children.
  for (const node of nodes) {
    const owner = owners.get(node.id) ?? node.callFrame;
    owners.set(node.id, owner);
    for (const id of node.children ?? []) {
      const frame = byId.get(id)?.callFrame;
      if (frame !== undefined) owners.set(id, roomOf(frame) === undefined ? owner : frame);
    }
  }
  return owners;
}

function describe({ functionName, url, lineNumber }: CallFrame): string {
  if (url === "") return functionName;
  const place = url
    .replace(/^.*\/node_modules\//, "")
    .replace(/^file:.*?\/(?=(server|packages|bench|wire|proto)\/)/, "");
  return `${functionName || "(anonymous)"} ${place}:${lineNumber + 1}`;
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}

function sorted(times: ReadonlyMap<string, number>): Cost[] {
  return [...times].map(([name, time]) => ({ name, time })).sort((a, b) => b.time - a.time);
}
