import {
  createFakeEnvironment as createFakeStreamEnvironment,
  type FakeEnvironment as FakeStreamEnvironment,
} from "@triptych/testkit/page/fake-environment.ts";
import type { PageEnvironment } from "../hooks/stream-environment.ts";

/** The environment of a page, which stands still until a test moves it. */
export type FakeEnvironment = FakeStreamEnvironment & PageEnvironment;

/** An environment at time 0 by every clock, of a page that is seen. */
export function createFakeEnvironment(): FakeEnvironment {
  const environment = createFakeStreamEnvironment();
  return Object.assign(environment, { timeOfDay: () => environment.now() });
}
