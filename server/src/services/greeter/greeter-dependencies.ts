import type { EventFeed } from "../../domain/feed.ts";
import type { GreetingMade } from "./domain/greeting-made.ts";
import type { TickClock } from "./ticks.ts";

/** What the greeter works with. */
export interface GreeterDependencies extends TickClock {
  /** Where every greeting is stored before it is answered. */
  readonly greetings: EventFeed<GreetingMade>;
}
