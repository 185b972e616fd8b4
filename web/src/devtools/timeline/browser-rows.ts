import type { Direction, RecordedCall } from "@triptych/rpc-web";
import type { TimelineRow } from "./timeline-row.ts";

/** What the browser knows of a call, step by step; what it does not know is left out. */
export function browserRows(call: RecordedCall): readonly TimelineRow[] {
  const { sentAfter, respondedAfter, endedAfter } = call;
  const received = messageTimes(call, "received");
  const [first] = received;
  const last = received.at(-1) ?? respondedAfter;
  const steps: (TimelineRow | undefined)[] = [
    row("The call", 0, endedAfter),
    sentAfter === undefined ? undefined : row("Queued in the browser", 0, sentAfter),
    row("Until the headers", sentAfter ?? 0, respondedAfter ?? endedAfter),
    messages(call, "sent"),
    // A call that is over without any has none to wait for.
    respondedAfter === undefined || (first ?? endedAfter) !== first
      ? undefined
      : row("Until the first message", respondedAfter, first),
    messages(call, "received"),
    endedAfter === undefined || last === undefined ? undefined : row("Until the end", last, endedAfter),
  ];
  return steps.filter((step) => step !== undefined).map((step, index) => (index === 0 ? step : { ...step, depth: 1 }));
}

function row(name: string, from: number, to: number | undefined): TimelineRow {
  const end = to === undefined ? undefined : Math.max(from, to);
  return { key: name, name, depth: 0, from, to: end, marks: [], count: 0, error: "" };
}

/** The messages of one direction as one step with a mark for each that is kept, where there are several. */
function messages(call: RecordedCall, direction: Direction): TimelineRow | undefined {
  const times = messageTimes(call, direction);
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 2) return undefined;
  const step = row(`Messages ${direction}`, first, call.state === "open" ? undefined : last);
  return { ...step, marks: times, count: times.length + notKept(call, direction) };
}

/** How many frames of a direction are not kept: messages, as the first and the last frames are. */
function notKept({ frames, sentFrames, receivedFrames }: RecordedCall, direction: Direction): number {
  const kept = frames.filter((frame) => frame.direction === direction).length;
  return (direction === "sent" ? sentFrames : receivedFrames) - kept;
}

function messageTimes({ frames }: RecordedCall, direction: Direction): readonly number[] {
  return frames.filter((frame) => frame.direction === direction && frame.meaning === "message").map(({ at }) => at);
}
