import type { Cancel, StreamEnvironment } from "@triptych/rpc-web";

/** An environment that stands still until a test moves it. */
export interface FakeEnvironment extends StreamEnvironment {
  /** Lets so many milliseconds pass, and runs what was scheduled within them. */
  advance(ms: number): Promise<void>;
  /** Paints a frame. */
  paint(): void;
  /** Brings the network back. */
  wake(): Promise<void>;
  /** Hides the page, or shows it again. */
  show(visible: boolean): void;
  /** How many timers are waiting. */
  readonly timers: number;
}

/** What environments were asked for and have not cancelled, since the last check, as `timers: 1`. */
let waiting: (() => readonly string[])[] = [];

/** Takes what is still waited for of the environments made since the last time: what a component or a stream must have cancelled at its end. */
export function takeWaiting(): readonly string[] {
  const names = waiting.flatMap((namesOf) => namesOf());
  waiting = [];
  return names;
}

/** Lets everything that is ready run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** An environment at time 0 whose every random number is 0, of a page that is seen. */
export function createFakeEnvironment(): FakeEnvironment {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const frames = new Set<() => void>();
  const wakers = new Set<() => void>();
  const watchers = new Set<() => void>();
  let isVisible = true;
  waiting.push(() =>
    Object.entries({ timers, frames, wakers, watchers })
      .filter(([, { size }]) => size > 0)
      .map(([name, { size }]) => `${name}: ${size}`),
  );
  return {
    now: () => now,
    random: () => 0,
    schedule(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    onFrame: (run) => add(frames, run),
    onWake: (run) => add(wakers, run),
    isVisible: () => isVisible,
    onVisibility: (run) => add(watchers, run),
    async advance(ms) {
      await settled();
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
      await settled();
    },
    paint() {
      const due = [...frames];
      frames.clear();
      for (const run of due) run();
    },
    async wake() {
      for (const run of [...wakers]) run();
      await settled();
    },
    show(visible) {
      isVisible = visible;
      for (const run of [...watchers]) run();
    },
    get timers() {
      return timers.size;
    },
  };
}

function add(set: Set<() => void>, run: () => void): Cancel {
  const entry = () => run();
  set.add(entry);
  return () => set.delete(entry);
}
